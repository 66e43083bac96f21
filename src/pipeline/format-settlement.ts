import { formatYaml } from '../manifest/index.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import { diffJson } from '../patch/diff-json.ts'
import { describeCause } from '../ignore-differences/index.ts'
import type { ResourcePrediction } from './predict-states.ts'
import { patchManifest } from './patch-manifest.ts'
import { unifiedDiff } from './unified-diff.ts'

/** Patches in Git, and what they cannot do. */
export interface Settlement {
  readonly text: string
  readonly warnings: readonly string[]
}

/**
 * What Git would have to say for nothing to differ: a unified patch where the manifest stands in a file as it is, a kustomize patch where it is
 * rendered. Changes that never settle are left out.
 */
export function formatSettlement(predictions: readonly ResourcePrediction[], sourceText: (file: string) => string | undefined): Settlement {
  const files = new Map<string, string>()
  const patches: JsonObject[] = []
  for (const prediction of predictions.filter(isSettling)) {
    const { resource, mutated } = prediction
    const changes = diffJson(resource.object, mutated)
    const file = resource.origin === undefined ? resource.source?.file : undefined
    const text = file === undefined ? undefined : files.get(file) ?? sourceText(file)
    const patched = text === undefined ? undefined : patchManifest(text, resource, changes)
    if (file !== undefined && patched !== undefined) files.set(file, patched)
    else patches.push(toKustomizePatch(prediction, changes as unknown as JsonValue))
  }
  const unified = [...files].map(([file, text]) => unifiedDiff(file, sourceText(file) ?? '', text))
  return { text: [...unified, ...(patches.length === 0 ? [] : [formatYaml({ patches })])].join(''), warnings: predictions.flatMap(warn) }
}

function isSettling({ resource, mutated, unsettled }: ResourcePrediction): boolean {
  return unsettled.length === 0 && mutated !== resource.object
}

function warn({ resource: { id }, unsettled, state }: ResourcePrediction): readonly string[] {
  const name = `${id.kind} ${id.name}`
  if (unsettled.length > 0) return [`${name} is left out: ${unsettled.map(describeCause).join('; ')} changes it again at every sync`]
  return state.steps.some(({ cause }) => cause.kind === 'digest') ? [`${name}: the digest has to be looked up in the registry; the one printed stands for it`] : []
}

function toKustomizePatch({ resource: { id } }: ResourcePrediction, changes: JsonValue): JsonObject {
  const target = { ...(id.group === '' ? {} : { group: id.group }), version: id.version, kind: id.kind, name: id.name }
  return { target, patch: formatYaml(changes) }
}
