// Go: time.ParseDuration, Duration.String, Duration.Seconds

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n], ['us', 1_000n], ['µs', 1_000n], ['μs', 1_000n], ['ms', 1_000_000n],
  ['s', 1_000_000_000n], ['m', 60_000_000_000n], ['h', 3_600_000_000_000n],
])
const limit = 1n << 63n
const longestFraction = limit / 10n - (limit % 10n === 0n ? 1n : 0n)

/** Reads a Go duration such as `1h30m` and returns its nanoseconds, or undefined if it is none. */
export function parseDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-')
  const amount = parseAmount(negative || text.startsWith('+') ? text.slice(1) : text)
  if (amount === undefined) return undefined
  if (negative) return -amount
  return amount === limit ? undefined : amount
}

function parseAmount(text: string): bigint | undefined {
  if (text === '0') return 0n
  if (text === '') return undefined
  const term = /([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/y
  let total = 0n
  while (term.lastIndex < text.length) {
    const [, whole = '', fraction = '', unit = ''] = term.exec(text) ?? []
    const nanoseconds = termNanoseconds(whole, fraction, units.get(unit))
    if (nanoseconds === undefined) return undefined
    // Go adds as uint64: two halves of the range make zero.
    total = BigInt.asUintN(64, total + nanoseconds)
    if (total > limit) return undefined
  }
  return total
}

function termNanoseconds(whole: string, fraction: string, unit: bigint | undefined): bigint | undefined {
  if (unit === undefined || (whole === '' && fraction === '')) return undefined
  if (whole.replace(/^0+/, '').length > 19) return undefined
  const count = BigInt(whole === '' ? '0' : whole)
  if (count > limit / unit) return undefined
  const { value, scale } = leadingFraction(fraction)
  // Go computes the fraction in float64, and so must we to get the same nanosecond.
  const total = count * unit + (value > 0n ? BigInt(Math.trunc(Number(value) * (Number(unit) / scale))) : 0n)
  return total > limit ? undefined : total
}

/** Digits beyond what an int64 holds are dropped. */
function leadingFraction(digits: string): { value: bigint; scale: number } {
  let value = 0n
  let scale = 1
  for (const digit of digits) {
    if (value > longestFraction) break
    const next = value * 10n + BigInt(digit)
    if (next > limit) break
    value = next
    scale *= 10
  }
  return { value, scale }
}

/** Writes nanoseconds as Go prints a duration: `1h0m0s`, `1.5ms`, `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : ''
  const amount = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (amount === 0n) return '0s'
  if (amount < 1_000n) return `${sign}${amount}ns`
  if (amount < 1_000_000n) return `${sign}${decimal(amount, 3)}µs`
  if (amount < 1_000_000_000n) return `${sign}${decimal(amount, 6)}ms`
  const minutes = amount / 60_000_000_000n
  const seconds = `${decimal(amount % 60_000_000_000n, 9)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function decimal(amount: bigint, places: number): string {
  const digits = amount.toString().padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`)
}

/** The duration in seconds, rounded as Go rounds it. */
export function durationSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000_000n) + Number(nanoseconds % 1_000_000_000n) / 1e9
}
