// apiextensions-apiserver pkg/apiserver/validation/formats.go, kube-openapi pkg/validation/strfmt

const dateTime = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2}|60)(?:[.,]\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/
const date = /^(\d{4})-(\d{2})-(\d{2})$/
const base64 = /^[A-Za-z0-9+/]*={0,2}$/
const hostname = /^(?=.{1,253}$)[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?)*\.?$/
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const mac = /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i
const goDuration = /^[+-]?(?:0|(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*)$/
const wordDuration = /^\s*\d+\s*(?:ns|nano|us|µs|micro|ms|milli|s|sec|second|m|min|minute|h|hr|hour|d|day|w|wk|week)s?\s*$/
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

/** Checks of the formats that the API server knows; it ignores all others. */
const formats: ReadonlyMap<string, (text: string) => boolean> = new Map<string, (text: string) => boolean>([
  ['byte',      isBase64],
  ['cidr',      isCidr],
  ['date',      (text) => isDate(date.exec(text))],
  ['date-time', (text) => isDate(dateTime.exec(text))],
  ['datetime',  (text) => isDate(dateTime.exec(text))],
  ['duration',  (text) => goDuration.test(text) || wordDuration.test(text)],
  ['email',     (text) => text.length <= 320 && /^[^\s@<>]+@[^\s@<>]+$/.test(text)],
  ['hostname',  (text) => hostname.test(text)],
  ['ipv4',      (text) => ipv4.test(text)],
  ['ipv6',      isIpv6],
  ['mac',       (text) => mac.test(text)],
  ['uri',       (text) => URL.canParse(text) || (text.startsWith('/') && !/\s/.test(text))],
  ['uuid',      (text) => uuid.test(text)],
])

/** Whether a text has a format; true for formats that the API server does not know either. */
export function hasFormat(text: string, format: string): boolean {
  return formats.get(format)?.(text) ?? true
}

/** Go's decoder skips line breaks. */
function isBase64(text: string): boolean {
  const compact = text.replace(/[\r\n]/g, '')
  return compact.length % 4 === 0 && base64.test(compact)
}

function isDate(match: RegExpExecArray | null): boolean {
  if (match === null) return false
  const [, year, month, day, hour = '0', minute = '0'] = match
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days && Number(hour) < 24 && Number(minute) < 60
}

function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false
  const tail = text.slice(text.lastIndexOf(':') + 1)
  if (tail.includes('.')) return ipv4.test(tail) && isIpv6(`${text.slice(0, text.lastIndexOf(':'))}:0:0`)
  const halves = text.split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  return halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length < 8
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/')
  if (rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(bits)) return false
  return ipv4.test(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128
}
