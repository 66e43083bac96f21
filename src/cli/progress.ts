import type { OutputStream } from './streams.ts'

/** Shows how far a run is. */
export interface Progress {
  show(text: string): void
  /** Removes what was shown, before anything else is written. */
  clear(): void
}

const interval = 80

/** One line on a terminal that is written over; nothing where nobody watches. */
export function createProgress(stream: OutputStream, now: () => number): Progress {
  if (stream.isTTY !== true) return { show: () => undefined, clear: () => undefined }
  let shownAt = now()
  let visible = false
  return {
    show(text) {
      // A run that is over at once flickers nothing: the first line comes after one interval.
      if (now() - shownAt < interval) return
      shownAt = now()
      visible = true
      stream.write(`\r\u001b[K${text.slice(0, (stream.columns || 80) - 1)}`)
    },
    clear() {
      if (visible) stream.write('\r\u001b[K')
      visible = false
    },
  }
}
