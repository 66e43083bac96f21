// apiserver: pkg/cel/library/format.go, pkg/cel/format.go
import { parseRequestUri, UrlError } from '../../../../values/go-url.ts'
import { forPrefix, isDns1035Label, isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName, type NameRule } from '../../../../values/name-formats.ts'
import { fn, method, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { CelOpaque, CelOptional, none, type CelValue } from '../../values/value.ts'

const { list, optional, string } = celType
const formatType: CelType<NamedFormat> = celType.opaque<NamedFormat>('kubernetes.NamedFormat')

/** A rule for texts that has a name. */
class NamedFormat extends CelOpaque {
  readonly type: CelType = formatType
  readonly name: string
  readonly rule: NameRule

  constructor(name: string, rule: NameRule) {
    super()
    this.name = name
    this.rule = rule
  }

  equals(other: CelValue): boolean {
    return other instanceof NamedFormat && other.name === this.name
  }

  toJson(): string {
    return ''
  }
}

const accept = (isValid: (text: string) => boolean, message: string): NameRule => (text) => (isValid(text) ? [] : [message])

const isUri: NameRule = (text) => {
  try {
    parseRequestUri(text)
    return []
  } catch (error) {
    if (error instanceof UrlError) return [error.message]
    throw error
  }
}

const isUuid = (text: string): boolean => /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})$/i.test(text)
const isBase64 = (text: string): boolean => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text)

function isDate(text: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (match === null) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

function isDateTime(text: string): boolean {
  const [date = '', time, ...rest] = text.toLowerCase().split('t')
  if (time === undefined || rest.length > 0 || !isDate(date)) return false
  const match = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/.exec(time)
  return match !== null && Number(match[1]) <= 23 && Number(match[2]) <= 59 && Number(match[3]) <= 59
}

const formats = new Map<string, NamedFormat>(Object.entries({
  dns1123Label: new NamedFormat('DNS1123Label', isDnsLabel),
  dns1123Subdomain: new NamedFormat('DNS1123Subdomain', isDnsSubdomain),
  dns1035Label: new NamedFormat('DNS1035Label', isDns1035Label),
  qualifiedName: new NamedFormat('QualifiedName', isQualifiedName),
  dns1123LabelPrefix: new NamedFormat('DNS1123LabelPrefix', forPrefix(isDnsLabel)),
  dns1123SubdomainPrefix: new NamedFormat('DNS1123SubdomainPrefix', forPrefix(isDnsSubdomain)),
  dns1035LabelPrefix: new NamedFormat('DNS1035LabelPrefix', forPrefix(isDns1035Label)),
  labelValue: new NamedFormat('LabelValue', isLabelValue),
  uri: new NamedFormat('URI', isUri),
  uuid: new NamedFormat('uuid', accept(isUuid, 'does not match the UUID format')),
  byte: new NamedFormat('byte', accept(isBase64, 'invalid base64')),
  date: new NamedFormat('date', accept(isDate, 'invalid date')),
  datetime: new NamedFormat('datetime', accept(isDateTime, 'invalid datetime')),
}))

export const format: CelLibrary = {
  name: 'format',
  summary: 'Named formats: DNS labels, label values, dates …',
  functions: [
    fn('format.named', [string], optional(formatType), (name) => {
      const found = formats.get(name)
      return found === undefined ? none : new CelOptional(found)
    }),
    ...Array.from(formats, ([name, value]) => fn(`format.${name}`, [], formatType, () => value)),
    method('validate', [formatType, string], optional(list(string)), ({ rule }, text) => {
      const errors = rule(text)
      return errors.length === 0 ? none : new CelOptional([...errors])
    }),
  ],
}
