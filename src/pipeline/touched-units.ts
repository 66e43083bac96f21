import { relative, join } from 'node:path'
import { isInside } from '../io/files.ts'
import { PathSet } from '../io/path-set.ts'
import { changesAny } from './applications/touched-applications.ts'
import type { RenderUnit } from './applications/render-units.ts'

/** A checkout, and the places in it that may differ from the other one. */
export interface CheckoutSide {
  readonly units: readonly RenderUnit[]
  readonly changed: PathSet
}

/** The same places below another root. */
export function movePaths(paths: Iterable<string>, from: string, to: string): PathSet {
  return new PathSet([...paths].map((path) => (isInside(from, path) ? join(to, relative(from, path)) : path)))
}

/**
 * The units of two checkouts that may come to something different: those that only one has, and those that something changed in. All others come
 * to the same in both, so that leaving them out changes nothing about what is new and what is gone.
 */
export function findTouchedUnits(head: CheckoutSide, base: CheckoutSide): { readonly head: ReadonlySet<RenderUnit>; readonly base: ReadonlySet<RenderUnit> } {
  const [before, after] = [base.units, head.units].map((units) => new Set(units.map(({ identity }) => identity))) as [Set<string>, Set<string>]
  const touched = new Set([
    ...head.units.filter((unit) => !before.has(unit.identity) || isChanged(unit, head.changed)),
    ...base.units.filter((unit) => !after.has(unit.identity) || isChanged(unit, base.changed)),
  ].flatMap(({ identity, rendering }) => [identity, rendering]))
  // What several Applications apply to one place counts once, so that they belong together.
  const choose = (units: readonly RenderUnit[]): ReadonlySet<RenderUnit> => new Set(units.filter(({ identity, rendering }) => touched.has(identity) || touched.has(rendering)))
  return { head: choose(head.units), base: choose(base.units) }
}

function isChanged({ inputs, application, source }: RenderUnit, changed: PathSet): boolean {
  if (inputs === undefined || [...inputs.places, ...inputs.files].some((path) => changed.overlaps(path))) return true
  return application !== undefined && changesAny(application.generatePaths, source, changed)
}
