/** A row of the option table. */
export interface OptionRow {
  /** `flag`: yes or no. `list`: may be repeated. `text` and `number`: one value. `choice`: one of `choices`. */
  readonly type: 'flag' | 'text' | 'number' | 'list' | 'choice'
  /** What is typed after `--`; the row's key where absent. */
  readonly flag?: string
  /** One letter. */
  readonly short?: string
  /** The value's name in help, in capitals. */
  readonly value?: string
  readonly choices?: readonly string[]
  readonly default?: string | number
  /** One line, lower case, without a full stop. */
  readonly description: string
  /** Heading in help. */
  readonly group: string
  /** Key in `.presync.yaml`, where the option can be set there. */
  readonly config?: string
  /** Name of the Argo CD plugin parameter, where the plugin takes it. */
  readonly parameter?: string
}

/** `--fail-on` for the row `fail-on`. */
export function longFlag(name: string, row: OptionRow): string {
  return `--${row.flag ?? name}`
}

/** `PRESYNC_FAIL_ON` for `--fail-on`. */
export function environmentName(name: string, row: OptionRow): string {
  return `PRESYNC_${(row.flag ?? name).toUpperCase().replaceAll('-', '_')}`
}
