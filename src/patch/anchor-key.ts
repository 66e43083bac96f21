// Counterpart: Kyverno pkg/engine/anchor/anchor.go

/** A key such as `+(name)`, taken apart. */
export interface AnchorKey {
  /** Empty for a condition, `(name)`. */
  readonly modifier: '' | '<' | 'X' | '+' | '=' | '^'
  readonly key: string
}

/** Reads a key as an anchor; undefined where it is an ordinary one. */
export function parseAnchorKey(text: string): AnchorKey | undefined {
  const parts = /^([+<=X^])?\(([^\n]+)\)$/.exec(text.trim())
  return parts === null ? undefined : { modifier: (parts[1] ?? '') as AnchorKey['modifier'], key: parts[2] as string }
}

/** `(name)` or `<(name)`: whether the patch applies depends on it. */
export function isConditionKey(text: string): boolean {
  const modifier = parseAnchorKey(text)?.modifier
  return modifier === '' || modifier === '<'
}
