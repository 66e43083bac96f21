import type { JsonValue } from '../../model/json.ts'
import { LookupPending, type LookupRequest, type Lookups } from '../../model/lookups.ts'
import { LoadedAnswers, valueOf, type LookupLoader } from '../loaded-answers.ts'

/** Answers that one evaluation may ask for before it counts as a loop. */
const maxLookups = 1000

/** Look-ups that ask outside for what is not at hand, and the loop that waits for the answers. */
export interface LoadingLookups {
  /** What nobody here answers is asked for outside, where the loader takes such questions. */
  wrap(lookups: Lookups): Lookups
  /** Evaluates until nothing is pending. Evaluation is pure: doing it again is free of consequences. */
  settle<T>(evaluate: () => T): Promise<T>
}

/** Without a loader everything stays as it is. */
export function createLoadingLookups(loader: LookupLoader | undefined, takes: (request: LookupRequest) => boolean): LoadingLookups {
  const answers = new LoadedAnswers(loader)
  const ask = (request: LookupRequest): JsonValue | undefined => {
    const answer = answers.find(request)
    if (answer === undefined) throw new LookupPending(request)
    return valueOf(answer)
  }
  return {
    wrap: (lookups) => (loader === undefined ? lookups : {
      get now() { return lookups.now },
      random: () => lookups.random(),
      get: (request) => (takes(request) ? ask(request) : lookups.get(request)),
    }),
    async settle(evaluate) {
      for (let asked = 0; asked < maxLookups; asked += 1) {
        try {
          return evaluate()
        } catch (error) {
          if (!(error instanceof LookupPending)) throw error
          await answers.load(error.request)
        }
      }
      throw new Error(`an evaluation asked for more than ${maxLookups} look-ups`)
    },
  }
}
