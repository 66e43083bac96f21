import { expect, test } from 'vitest'
import { commands } from '../../../src/cli/commands/index.ts'
import type { Command } from '../../../src/cli/command.ts'
import { environmentName, longFlag, type OptionRow } from '../../../src/cli/option-row.ts'
import { options } from '../../../src/cli/options.ts'

const rows: readonly (readonly [string, OptionRow])[] = Object.entries(options)

test.each(rows)('the row of %s can be shown in help', (_name, row) => {
  expect(row.description).toMatch(/^[^A-Z\s].*[^.]$|^[A-Z][A-Za-z]*.*[^.]$/)
  if (row.type === 'choice') expect(row.choices?.length).toBeGreaterThan(1)
})

test.each(Object.entries(commands as Record<string, Command>))('the options of %s do not clash', (_name, command) => {
  const mine = command.options.map((name) => [name, options[name] as OptionRow] as const)
  const shorts = mine.map(([, row]) => row.short).filter((short) => short !== undefined)
  const longs = mine.map(([name, row]) => longFlag(name, row))
  expect(new Set(shorts).size).toBe(shorts.length)
  expect(new Set(longs).size).toBe(longs.length)
})

test('a variable belongs to each flag', () => {
  expect(environmentName('no-color', options['no-color'])).toBe('PRESYNC_NO_COLOR')
})
