// Kyverno: pkg/utils/kube/kind.go (GetKindFromGVK, ContainsKind)

const versionPattern = /^(?:v\d(?:(?:alpha|beta)\d)?|\*)$/

/** Whether a list of kind selectors names a kind, whatever group, version and subresource stand around it. */
export function containsKind(selectors: readonly string[], kind: string): boolean {
  return selectors.some((selector) => kindOf(selector) === kind)
}

function kindOf(selector: string): string {
  const parts = selector.split('/')
  const [a = '', b = '', c = ''] = parts
  switch (parts.length) {
    case 1: return withoutSubresource(a)
    case 2: return versionPattern.test(a) ? withoutSubresource(b) : a
    case 3: return versionPattern.test(a) ? b : withoutSubresource(c)
    case 4: return c
    default: return ''
  }
}

function withoutSubresource(text: string): string {
  return text.split('.')[0] ?? ''
}
