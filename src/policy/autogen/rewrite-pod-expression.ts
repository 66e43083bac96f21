// Kyverno: pkg/cel/policies/mpol/autogen/autogen.go (convertPodToTemplateExpression)

/**
 * Rewrites an expression about a Pod to be about a Pod's template: paths first, then, where the whole is one `Object{…}`, the literal is
 * put into the template's. Other forms of an expression keep their outermost part, as in Kyverno.
 */
export function rewritePodExpression(expression: string, place: string, isBefore119: boolean): string {
  // Up to 1.18 also `namespaceObject.spec` was hit.
  const roots = isBefore119 ? '(object|Object)' : '\\b(object|oldObject|Object)'
  const rewritten = expression
    .replace(new RegExp(`${roots}\\.spec`, 'g'), `$1.${place}.spec`)
    .replace(new RegExp(`${roots}\\.metadata\\.(labels|annotations)`, 'g'), `$1.${place}.metadata.$2`)
  const literal = (isBefore119 ? /^Object\{/ : /^Object[ \t\r\n]*\{/).exec(rewritten.trim())
  return literal === null ? rewritten : wrapLiteral(rewritten.trim().slice(literal[0].length), place) ?? rewritten
}

/** `content` is what follows the opening brace. Braces are counted without regard to texts. */
function wrapLiteral(content: string, place: string): string | undefined {
  const end = findClosingBrace(content)
  if (end <= 0) return undefined
  const steps = place.split('.')
  const opening = steps.map((step, index) => `${step}: Object.${steps.slice(0, index + 1).join('.')}{`).join('')
  return `Object{${opening}${content.slice(0, end)}${'}'.repeat(steps.length + 1)}${content.slice(end + 1)}`
}

function findClosingBrace(content: string): number {
  let depth = 1
  for (let index = 0; index < content.length; index++) {
    if (content[index] === '{') depth++
    else if (content[index] === '}' && --depth === 0) return index
  }
  return 0
}
