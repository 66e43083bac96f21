import { printableJson } from '../values/printable.ts'

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const reserved = /^(?:null|true|false|yes|no|on|off|y|n|~)$/i
const plain = /^[A-Za-z/][\w ./@-]*$/

/** Plain data as block YAML. What could be mistaken for anything but text, or acts on a terminal, is written as a JSON string. */
export function formatYaml(value: unknown): string {
  return `${block(value, '').replace(/^\n/, '')}\n`
}

function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []'
    return value.map((entry) => `\n${indent}-${item(entry, `${indent}  `)}`).join('')
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
    if (entries.length === 0) return ' {}'
    return entries.map(([key, entry]) => `\n${indent}${scalar(key)}:${block(entry, Array.isArray(entry) ? indent : `${indent}  `)}`).join('')
  }
  return ` ${scalar(value)}`
}

/** A list item starts on the line of its dash. */
function item(value: unknown, indent: string): string {
  const text = block(value, indent)
  return text.startsWith('\n') ? ` ${text.slice(1 + indent.length)}` : text
}

function scalar(value: unknown): string {
  if (typeof value !== 'string') return printableJson(value)
  return plain.test(value) && !value.endsWith(' ') && !reserved.test(value) ? value : printableJson(value)
}
