// Kubernetes: apimachinery/pkg/labels/selector.go (Parse): the text form of label selectors in URLs
import type { Labels } from '../model/resource.ts'

type Requirement = (labels: Labels) => boolean

const part = /\s*(?:!\s*([\w./-]+)|([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)|([\w./-]+)\s*(==?|!=)\s*([\w./-]*)|([\w./-]+))\s*(?:,|$)/y

/** Reads a selector such as `app=web,tier in (a, b),!old`; undefined where it is not understood. */
export function parseLabelQuery(text: string): Requirement | undefined {
  const requirements: Requirement[] = []
  for (let position = 0; position < text.length;) {
    part.lastIndex = position
    const found = part.exec(text)
    if (found === null || found[0] === '') return undefined
    requirements.push(toRequirement(found))
    position += found[0].length
  }
  return (labels) => requirements.every((holds) => holds(labels))
}

function toRequirement([, absent, listKey, operator, list, key, sign, value, present]: RegExpExecArray): Requirement {
  const read = (labels: Labels, name: string): string | undefined => (Object.hasOwn(labels, name) ? labels[name] : undefined)
  if (absent !== undefined) return (labels) => read(labels, absent) === undefined
  if (listKey !== undefined) {
    const values = new Set((list ?? '').split(',').map((item) => item.trim()))
    return (labels) => { const actual = read(labels, listKey); return operator === 'in' ? actual !== undefined && values.has(actual) : actual === undefined || !values.has(actual) }
  }
  if (key !== undefined) return (labels) => (read(labels, key) === value) === (sign !== '!=')
  return (labels) => read(labels, present ?? '') !== undefined
}
