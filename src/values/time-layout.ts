// Go: time/format.go (nextStdChunk)

/** The parts of a layout that stand for something; the names are Go's reference time itself. */
export type LayoutElement =
  | 'January' | 'Jan' | 'Monday' | 'Mon' | 'MST' | '01' | '02' | '03' | '04' | '05' | '06' | '002' | '15' | '1' | '2006' | '2' | '_2' | '__2' | '3' | '4' | '5'
  | 'PM' | 'pm' | '-070000' | '-07:00:00' | '-0700' | '-07:00' | '-07' | 'Z070000' | 'Z07:00:00' | 'Z0700' | 'Z07:00' | 'Z07' | '.0' | '.9'

export interface LayoutChunk {
  /** Literal text in front. */
  readonly prefix: string
  readonly element: LayoutElement
  /** Digits of a fraction. */
  readonly digits: number
}

/** At each place the first alternative that fits counts, so longer ones come first; a name followed by a lower-case letter is none. */
const elements = new RegExp([
  'January', 'Jan(?![a-z])', 'Monday', 'Mon(?![a-z])', 'MST', '0[1-6]', '002', '15', '1', '2006', '2', '_(?=2006)', '_2', '__2', '3', '4', '5', 'PM', 'pm',
  '-070000', '-07:00:00', '-0700', '-07:00', '-07', 'Z070000', 'Z07:00:00', 'Z0700', 'Z07:00', 'Z07', '[.,]0+(?![0-9])', '[.,]9+(?![0-9])',
].join('|'), 'g')

/** Cuts a layout such as `2006-01-02T15:04:05Z07:00` into its parts, and the text that is left behind the last. */
export function splitLayout(layout: string): { readonly chunks: readonly LayoutChunk[]; readonly rest: string } {
  const chunks: LayoutChunk[] = []
  let last = 0
  for (const found of layout.matchAll(elements)) {
    const text = found[0]
    // "_2006" is an underscore and a year.
    if (text === '_') continue
    const fraction = /^[.,]/.test(text)
    chunks.push({
      prefix: layout.slice(last, found.index), digits: fraction ? text.length - 1 : 0,
      element: (fraction ? `.${text.charAt(1)}` : text) as LayoutElement,
    })
    last = found.index + text.length
  }
  return { chunks, rest: layout.slice(last) }
}
