// Kubernetes: apimachinery pkg/api/resource/suffix.go

/** How a quantity is written: `1Mi`, `1M` or `1e6`. */
export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent'

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9], ['u', -6], ['m', -3], ['', 0], ['k', 3], ['M', 6], ['G', 9], ['T', 12], ['P', 15], ['E', 18],
])
const binarySuffixes: ReadonlyMap<string, number> = new Map([['Ki', 10], ['Mi', 20], ['Gi', 30], ['Ti', 40], ['Pi', 50], ['Ei', 60]])
const decimalNames = new Map([...decimalSuffixes].map(([name, exponent]) => [exponent, name]))
const binaryNames = new Map([...binarySuffixes].map(([name, exponent]) => [exponent, name]))

/** What a suffix means: a power of two for BinarySI, of ten for the others. */
export function interpretSuffix(suffix: string): { format: QuantityFormat; exponent: number } | undefined {
  const decimal = decimalSuffixes.get(suffix)
  if (decimal !== undefined) return { format: 'DecimalSI', exponent: decimal }
  const binary = binarySuffixes.get(suffix)
  if (binary !== undefined) return { format: 'BinarySI', exponent: binary }
  if (!/^[eE][-+]?\d+$/.test(suffix)) return undefined
  const exponent = BigInt(suffix.slice(1).replace('+', ''))
  // Go parses an int64 and keeps its low 32 bits.
  return BigInt.asIntN(64, exponent) === exponent ? { format: 'DecimalExponent', exponent: Number(BigInt.asIntN(32, exponent)) } : undefined
}

/** The suffix for an exponent; empty where there is none, as in Kubernetes, which so prints `1000E` as `1`. */
export function quantitySuffix(format: QuantityFormat, exponent: number): string {
  if (format === 'DecimalExponent') return exponent === 0 ? '' : `e${exponent}`
  return (format === 'BinarySI' ? binaryNames : decimalNames).get(exponent) ?? ''
}
