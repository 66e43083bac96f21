import type { JsonObject } from '../../model/json.ts'
import type { IgnoreNormalizer } from './ignore-normalizer.ts'
import type { IgnoreStep } from './ignore-step.ts'
import type { Pair } from './managed-fields.ts'

interface Verdict {
  readonly target: JsonObject
  readonly steps: readonly IgnoreStep[]
  readonly modified: boolean
}

/**
 * What comparisons came to, by the states and the very steps that were applied to them: entries that say the same of a resource are compared
 * once, however they are written. Holds nothing where managers count, which look at more than the steps.
 */
export class Verdicts {
  readonly #known = new WeakMap<JsonObject, Verdict[]>()

  find({ target, live }: Pair, ignore: IgnoreNormalizer): boolean | undefined {
    const verdicts = this.#known.get(live)
    const steps = verdicts === undefined ? undefined : readSteps({ target, live }, ignore)
    return steps && verdicts?.find((known) => known.target === target && isSame(known.steps, steps))?.modified
  }

  add({ target, live }: Pair, ignore: IgnoreNormalizer, modified: boolean): void {
    const steps = readSteps({ target, live }, ignore)
    if (steps === undefined) return
    const verdict = { target, steps, modified }
    const verdicts = this.#known.get(live)
    if (verdicts === undefined) this.#known.set(live, [verdict])
    else verdicts.push(verdict)
  }
}

/** Undefined where the two states do not go through the same steps, or through more than steps. */
function readSteps({ target, live }: Pair, ignore: IgnoreNormalizer): readonly IgnoreStep[] | undefined {
  if (ignore.findManagers(target).length > 0) return undefined
  const steps = ignore.stepsFor(target)
  return isSame(steps, ignore.stepsFor(live)) ? steps : undefined
}

function isSame(left: readonly IgnoreStep[], right: readonly IgnoreStep[]): boolean {
  return left.length === right.length && left.every((step, index) => step === right[index])
}
