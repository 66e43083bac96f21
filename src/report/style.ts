/** Decorates text for a terminal. */
export type Style = Readonly<Record<keyof typeof codes, (text: string) => string>>

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], cyan: [36, 39] } as const

/** Styles that write escape sequences, or leave the text alone. */
export function createStyle(color: boolean): Style {
  const entries = Object.entries(codes).map(([name, [on, off]]) => [name, color ? (text: string) => `\u001b[${on}m${text}\u001b[${off}m` : (text: string) => text])
  return Object.fromEntries(entries) as Style
}
