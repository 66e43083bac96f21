import type { Command as CommanderCommand, Option } from 'commander'
import { environmentName, longFlag, type OptionRow } from './option-row.ts'
import { options, type OptionName, type OptionValues } from './options.ts'
import { UsageError } from './usage-error.ts'

type Value = boolean | string | number | readonly string[] | undefined

/** Flag first, then the PRESYNC_* variable, then the default. */
export function readOptions<Name extends OptionName>(
  parsed: CommanderCommand, names: readonly Name[], env: Readonly<Record<string, string | undefined>>,
): { readonly values: OptionValues<Name>; readonly given: ReadonlySet<string> } {
  const values: Partial<Record<Name, Value>> = {}
  const given = new Set<string>()
  for (const name of names) {
    const row: OptionRow = options[name]
    const typed = typedValue(parsed, longFlag(name, row), row)
    const value = typed ?? environmentValue(name, row, env)
    if (value !== undefined) given.add(name)
    values[name] = value ?? defaultValue(row)
  }
  return { values: values as OptionValues<Name>, given }
}

function typedValue(parsed: CommanderCommand, flag: string, row: OptionRow): Value {
  const option = parsed.options.find((candidate: Option) => candidate.long === flag)
  if (option === undefined || parsed.getOptionValueSource(option.attributeName()) !== 'cli') return undefined
  const value: unknown = parsed.getOptionValue(option.attributeName())
  if (row.type === 'flag') return option.negate ? value === false : value === true
  if (row.type === 'list') return value as readonly string[]
  return scalarValue(flag, row, String(value))
}

function environmentValue(name: string, row: OptionRow, env: Readonly<Record<string, string | undefined>>): Value {
  const variable = environmentName(name, row)
  const text = env[variable]
  if (text === undefined || text === '') return undefined
  if (row.type === 'list') return splitList(text)
  if (row.type === 'flag') return flagValue(variable, text)
  return scalarValue(variable, row, text)
}

/** A list in a variable is separated by new lines or, where there are none, by commas. */
function splitList(text: string): readonly string[] {
  return text.split(text.includes('\n') ? '\n' : ',').map((entry) => entry.trim()).filter((entry) => entry !== '')
}

function flagValue(variable: string, text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true
  if (/^(0|false|no|off)$/i.test(text)) return false
  throw new UsageError(`${variable} must be true or false, not '${text}'`)
}

function scalarValue(origin: string, row: OptionRow, text: string): string | number {
  if (row.choices !== undefined && !row.choices.includes(text)) {
    throw new UsageError(`${origin} must be one of ${row.choices.join(', ')}, not '${text}'`)
  }
  if (row.type !== 'number') return text
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw new UsageError(`${origin} must be a number, not '${text}'`)
  return number
}

function defaultValue(row: OptionRow): Value {
  if (row.type === 'flag') return false
  if (row.type === 'list') return []
  return row.default
}
