import type { OptionRow } from './option-row.ts'

/**
 * Every option of every command, once. Help, PRESYNC_* variables, the table in the README and the plugin's parameters derive from it.
 * The key names the row; `flag` is what is typed where several commands use the same letters differently.
 */
export const options = {
  'no-color': { type: 'flag', group: 'General', description: 'no colours (NO_COLOR does the same)' },
  'verbose':  { type: 'flag', short: 'v', group: 'General', description: 'more detail on stderr' },
} as const satisfies Record<string, OptionRow>

export type OptionName = keyof typeof options

type ValueOf<Row extends OptionRow> =
  Row['type'] extends 'flag' ? boolean
  : Row['type'] extends 'list' ? readonly string[]
  : (Row extends { readonly choices: readonly (infer Choice)[] } ? Choice : Row['type'] extends 'number' ? number : string)
    | (Row extends { readonly default: unknown } ? never : undefined)

/** The values of the named options, typed by their rows. */
export type OptionValues<Name extends OptionName> = { readonly [Key in Name]: ValueOf<(typeof options)[Key]> }
