/** Reads JSON as Go does into a `[]string`: null is an empty list, and inside it an empty text. */
export function parseStringArray(text: string): readonly string[] | 'not JSON' | 'other JSON' {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'not JSON'
  }
  if (value === null) return []
  if (!Array.isArray(value) || !value.every((item) => item === null || typeof item === 'string')) return 'other JSON'
  return value.map((item: string | null) => item ?? '')
}
