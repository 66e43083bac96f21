// Kyverno: pkg/engine/jsonutils/traverse.go, pkg/utils/jsonpointer/pointer.go

/** Kyverno's path of a child: `/a/b\/c/0`. */
export function childPath(path: string, key: string | number): string {
  return `${path}/${typeof key === 'number' ? key : key.replaceAll('/', '\\/')}`
}

/** The parts of such a path. */
export function splitPath(path: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (let index = 0; index < path.length; index++) {
    const character = path[index] ?? ''
    if (character === '\\' && index + 1 < path.length) part += path[++index] ?? ''
    else if (character !== '/') part += character
    else if (part !== '') {
      parts.push(part)
      part = ''
    }
  }
  return part === '' ? parts : [...parts, part]
}

/** Parentheses pass unquoted, as in Kyverno, whose JMESPath then refuses them: anchored keys have no place in a query. */
const plainIdentifier = /^[A-Za-z_(][A-Za-z0-9_)]*$/

/** A JMESPath expression for a list of keys and indexes. */
export function toJmesPath(parts: readonly string[]): string {
  let expression = ''
  for (const part of parts) {
    if (/^\d+$/.test(part)) expression += `[${part}]`
    else expression += `${expression === '' ? '' : '.'}${plainIdentifier.test(part) ? part : JSON.stringify(part)}`
  }
  return expression
}

/** What `{{@}}` stands for at a path: the same place in the resource, two levels of the document (body, check) left out. */
export function pathOfCurrentElement(root: string, path: string): string {
  const parts = splitPath(path)
  const foreach = parts.indexOf('foreach')
  const inner = foreach < 0 ? parts : parts.slice(foreach + 1)
  return toJmesPath([...root.split('.'), ...inner.slice(2)])
}
