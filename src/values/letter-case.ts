// Go: strings.ToUpper, ToLower, EqualFold. They map one character to one; JavaScript's own methods may map it to several.

const dottedCapitalI = 'İ'
const dotlessI = 'ı'

/** Upper case, character by character. */
export function goUpperCase(text: string): string {
  return isAscii(text) ? text.toUpperCase() : Array.from(text, upper).join('')
}

/** Lower case, character by character. */
export function goLowerCase(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, lower).join('')
}

/** Equality under Unicode's simple case folding. */
export function equalFold(left: string, right: string): boolean {
  if (left === right) return true
  if (isAscii(left) && isAscii(right)) return left.toLowerCase() === right.toLowerCase()
  return Array.from(left, fold).join('') === Array.from(right, fold).join('')
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the range of ASCII begins there
  return /^[\u0000-\u007f]*$/.test(text)
}

function upper(character: string): string {
  const mapped = character.toUpperCase()
  return Array.from(mapped).length === 1 ? mapped : character
}

function lower(character: string): string {
  return character === dottedCapitalI ? 'i' : character.toLowerCase()
}

/** The two Turkish letters fold to nothing else. */
function fold(character: string): string {
  return character === dottedCapitalI || character === dotlessI ? character : lower(upper(character))
}
