import type { Draft } from './draft.ts'

/** What a rule may ask besides the value that it fills. */
export interface DefaultsContext {
  /** The minor of Kubernetes 1. */
  readonly minor: number
  /** Only what the types' own defaults say, as clients with Kubernetes' scheme know them; nothing that the server converts besides. */
  readonly schemeOnly?: boolean
}

/** Fills in what the API server fills in: a type's rule everywhere that the type is used, a kind's at the root. Works in place. */
export type DefaultsRule = (draft: Draft, context: DefaultsContext) => void
