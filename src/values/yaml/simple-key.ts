/** A place that may turn out to be a key, once a `:` follows on the same line. */
export interface SimpleKey {
  possible: boolean
  required: boolean
  /** Forgotten by a reader that looks ahead: see `#closeFlow`. */
  hidden: boolean
  tokenNumber: number
  position: number
  line: number
  column: number
}

/** Whether a `:` may still make it a key. */
export function isAwaited(key: SimpleKey): boolean {
  return key.possible && !key.hidden
}

/** The state in which no key is possible. */
export function noKey(tokenNumber: number): SimpleKey {
  return { possible: false, required: false, hidden: false, tokenNumber, position: 0, line: 0, column: 0 }
}
