// Go: fmt.Sprintf for the values that templates know
import { goQuote } from '../../values/go-quote.ts'
import { formatFloat, type FloatVerb } from '../../values/number-text.ts'
import { TemplateError } from './template-error.ts'
import { isList, showValue, sortedEntries, typeName, type TemplateValue } from './value.ts'

interface Verb {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly letter: string
}

const directive = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?([^])?/gu
const maxWidth = 10_000

/** Formats as fmt.Sprintf does, complaints such as `%!d(string=x)` included. */
export function sprintf(format: string, values: readonly TemplateValue[]): string {
  let next = 0
  const take = (star: string | undefined): number => (star === '*' ? Number(values[next++] ?? 0) : Number(star ?? 0))
  const text = format.replace(directive, (...found: readonly (string | undefined)[]) => {
    const [, flags = '', width, precision, letter] = found
    const verb: Verb = { flags, width: take(width), precision: precision === undefined ? undefined : take(precision === '' ? '0' : precision), letter: letter ?? '' }
    if (verb.width > maxWidth || (verb.precision ?? 0) > maxWidth) throw new TemplateError('LIMIT_EXCEEDED', `printf pads to more than ${maxWidth} characters`)
    if (letter === undefined) return '%!(NOVERB)'
    if (letter === '%') return '%'
    if (next >= values.length) return `%!${letter}(MISSING)`
    return formatOne(verb, values[next++])
  })
  const rest = values.slice(next)
  return rest.length === 0 || /%[[\]]/.test(format) ? text : `${text}%!(EXTRA ${rest.map((value) => `${typeName(value)}=${showValue(value)}`).join(', ')})`
}

function formatOne(verb: Verb, value: TemplateValue): string {
  if (verb.letter === 'T') return pad(typeName(value), verb)
  if (verb.letter !== 'v' && verb.letter !== 's' && (isList(value) || value instanceof Map)) return formatItems(verb, value)
  const shown = withVerb(verb, value)
  return shown === undefined ? `%!${verb.letter}(${value === undefined || value === null ? '<nil>' : `${typeName(value)}=${showValue(value)}`})` : pad(shown, verb)
}

function formatItems(verb: Verb, value: readonly TemplateValue[] | ReadonlyMap<string, TemplateValue>): string {
  if (isList(value as TemplateValue)) return `[${(value as readonly TemplateValue[]).map((item) => formatOne(verb, item)).join(' ')}]`
  return `map[${sortedEntries(new Map(value as ReadonlyMap<string, TemplateValue>)).map(([key, item]) => `${formatOne(verb, key)}:${formatOne(verb, item)}`).join(' ')}]`
}

function withVerb(verb: Verb, value: TemplateValue): string | undefined {
  if (verb.letter === 'v') return verb.flags.includes('#') && typeof value === 'string' ? goQuote(value) : signed(showValue(value), verb, value)
  switch (typeof value) {
    case 'string': return formatText(verb, value)
    case 'boolean': return verb.letter === 't' ? String(value) : undefined
    case 'bigint': return formatInteger(verb, value)
    case 'number': return formatNumber(verb, value)
    default: return verb.letter === 's' && value !== undefined && value !== null ? showValue(value) : undefined
  }
}

function formatText({ letter, precision }: Verb, value: string): string | undefined {
  const text = precision === undefined ? value : [...value].slice(0, precision).join('')
  if (letter === 's') return text
  if (letter === 'q') return goQuote(text)
  if (letter === 'x' || letter === 'X') {
    const hex = Buffer.from(text).toString('hex')
    return letter === 'x' ? hex : hex.toUpperCase()
  }
  return undefined
}

const bases: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, x: 16, X: 16 }

function formatInteger(verb: Verb, value: bigint): string | undefined {
  if (verb.letter === 'c') return String.fromCodePoint(Math.min(Math.max(Number(value), 0), 0x10ffff))
  if (verb.letter === 'q') return `'${String.fromCodePoint(Math.min(Math.max(Number(value), 0), 0x10ffff))}'`
  if (verb.letter === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
  const base = Object.hasOwn(bases, verb.letter) ? bases[verb.letter] : undefined
  if (base === undefined) return undefined
  const digits = (value < 0n ? -value : value).toString(base).padStart(verb.precision ?? 0, '0')
  const prefix = verb.flags.includes('#') && base === 16 ? '0x' : ''
  const text = `${value < 0n ? '-' : ''}${prefix}${digits}`
  return signed(verb.letter === 'X' ? text.toUpperCase() : text, verb, value)
}

function formatNumber(verb: Verb, value: number): string | undefined {
  const { letter, precision } = verb
  if (!/^[eEfFgG]$/.test(letter)) return undefined
  const lower = (letter === 'F' ? 'f' : letter === 'G' ? 'g' : letter) as FloatVerb
  // Without a precision `%g` prints as many digits as it takes.
  if (lower === 'g' && precision === undefined) return signed(showValue(value), verb, value)
  return signed(formatFloat(value, lower, { precision: precision ?? 6 }), verb, value)
}

function signed(text: string, { flags }: Verb, value: TemplateValue): string {
  if ((typeof value !== 'bigint' && typeof value !== 'number') || text.startsWith('-') || text.startsWith('+')) return text
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text
}

function pad(text: string, { flags, width }: Verb): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  if (!flags.includes('0')) return ' '.repeat(missing) + text
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  return sign + '0'.repeat(missing) + text.slice(sign.length)
}
