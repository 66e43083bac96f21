/** Most texts; told without Unicode's tables, which take longer to load than a small check. */
const plain = /^[ -~]*$/

/**
 * One line of text in which nothing is left that a terminal or a log viewer would act on instead of showing: control characters (escape
 * sequences above all), and the Unicode characters that reorder or hide text. They come from manifests and policies, which anybody may
 * write. Each becomes its escape, `\u001b`.
 */
export function printable(text: string): string {
  return plain.test(text) ? text : text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter)
}

/** The same for text of several lines: line ends stay. */
export function printableLines(text: string): readonly string[] {
  return text.replace(/\n+$/, '').split(/\r?\n/).map((line) => printable(line.replaceAll('\t', '    ')))
}

/** JSON text in which such characters are escaped too: JSON itself escapes only the first 32. */
export function printableJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, (_, entry: unknown) => (typeof entry === 'bigint' ? rawInteger(entry) : entry), indent)
  // Outside strings JSON has no such character but the line ends of its own layout.
  return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === '\n' ? character : escapeCharacter(character)))
}

function escapeCharacter(character: string): string {
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')
}

/** An integer beyond 2^53 is written as a string: a reader of JSON would damage the number. */
function rawInteger(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}
