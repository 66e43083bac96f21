/** The time now in milliseconds since 1970. Asked once a run: everything else is given the answer. */
export function currentTime(): number {
  return Date.now()
}
