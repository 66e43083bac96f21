// apimachinery: pkg/util/validation/validation.go, pkg/api/validate/content. The rules for names and their messages.

/** What is wrong with a text; empty where nothing is. */
export type NameRule = (text: string) => readonly string[]

interface Pattern {
  readonly expression: string
  readonly message: string
  readonly examples: readonly string[]
  readonly maxLength: number
}

const labelExpression = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomainExpression = `${labelExpression}(\\.${labelExpression})*`
const keyExpression = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'

const patterns = {
  label: { expression: labelExpression, examples: ['my-name', '123-abc'], maxLength: 63,
    message: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character" },
  subdomain: { expression: subdomainExpression, examples: ['example.com'], maxLength: 253,
    message: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character" },
  label1035: { expression: '[a-z]([-a-z0-9]*[a-z0-9])?', examples: ['my-name', 'abc-123'], maxLength: 63,
    message: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character" },
  labelValue: { expression: `(${keyExpression})?`, examples: ['MyValue', 'my_value', '12345'], maxLength: 63,
    message: "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character" },
  labelKey: { expression: keyExpression, examples: ['MyName', 'my.name', '123-abc'], maxLength: 63,
    message: "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character" },
} as const satisfies Record<string, Pattern>

/** Each is linear in practice: a text longer than any name is refused before its expression runs. */
function fits(text: string, { expression }: Pattern): boolean {
  return text.length <= 4096 && new RegExp(`^(?:${expression})$`).test(text)
}

function explain({ expression, message, examples }: Pattern): string {
  return `${message} (e.g. ${examples.map((example) => `'${example}', `).join(' or ')}regex used for validation is '${expression}')`
}

function tooLong(text: string, { maxLength }: Pattern, unit: string): readonly string[] {
  return Buffer.byteLength(text) > maxLength ? [`must be no more than ${maxLength} ${unit}`] : []
}

function rule(pattern: Pattern, unit: string): NameRule {
  return (text) => [...tooLong(text, pattern, unit), ...(fits(text, pattern) ? [] : [explain(pattern)])]
}

export const isDnsSubdomain: NameRule = rule(patterns.subdomain, 'characters')
export const isDns1035Label: NameRule = rule(patterns.label1035, 'characters')
export const isLabelValue: NameRule = rule(patterns.labelValue, 'bytes')

export const isDnsLabel: NameRule = (text) => {
  if (fits(text, patterns.label)) return tooLong(text, patterns.label, 'characters')
  return [...tooLong(text, patterns.label, 'characters'), fits(text, patterns.subdomain) ? 'must not contain dots' : explain(patterns.label)]
}

/** `name` or `prefix/name`. */
export const isQualifiedName: NameRule = (text) => {
  const parts = text.split('/')
  if (parts.length > 2) return [`a valid label key ${explain(patterns.labelKey)} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  const name = parts.at(-1) ?? ''
  const [prefix] = parts.length === 2 ? parts : []
  const prefixErrors = prefix === undefined ? [] : prefix === '' ? ['prefix part must be non-empty'] : isDnsSubdomain(prefix).map((error) => `prefix part ${error}`)
  const lengthErrors = name === '' ? ['name part must be non-empty'] : tooLong(name, patterns.labelKey, 'bytes').map((error) => `name part ${error}`)
  return [...prefixErrors, ...lengthErrors, ...(fits(name, patterns.labelKey) ? [] : [`name part ${explain(patterns.labelKey)}`])]
}

/** The rule for a name to which something will be appended: a dash at its end is no fault. */
export function forPrefix(name: NameRule): NameRule {
  return (text) => name(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text)
}
