/** One recorded answer held against ours. */
export interface CaseResult {
  /** Stable and unique within the suite: the line that known-failures/<suite>.txt names. */
  readonly id: string
  readonly ok: boolean
  /** Why not, for people; computed only when needed. */
  readonly detail?: string
}

/** A corpus and how to score it. */
export interface Suite {
  readonly name: string
  /** Yields a result a case. Throws only when the corpus itself cannot be read; a crash of ours is a failed case. */
  run(corpus: string): Iterable<CaseResult> | AsyncIterable<CaseResult>
  /** Says why the suite cannot run (a missing folder); undefined when it can. */
  unavailable?(corpus: string): string | undefined
}
