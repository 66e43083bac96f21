import type { ReportSource } from '../model/report.ts'
import type { PolicyRef } from '../model/result.ts'
import { count, formatLocation, printable } from '../report/index.ts'
import type { OutputStream } from './streams.ts'

/** What `--verbose` adds on stderr: where things came from. */
export interface Details {
  /** The configuration that was found. */
  readonly configuration?: string | undefined
  readonly sources?: readonly ReportSource[]
  readonly policies?: readonly PolicyRef[]
  readonly milliseconds: number
}

/** Prints where things came from, one line a thing. */
export function printDetails(stream: OutputStream, { configuration, sources = [], policies = [], milliseconds }: Details): void {
  const lines = [
    ...(configuration === undefined ? [] : [`configuration: ${configuration}`]),
    ...sources.map(({ path, type, resourceCount }) => `rendered ${path} (${type}): ${count(resourceCount, 'resource')}`),
    ...policies.map(({ kind, name, namespace, source }) => {
      const place = source === undefined ? '' : `, ${formatLocation(source)}`
      return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${place}`
    }),
    `done in ${milliseconds.toFixed(0)} ms`,
  ]
  for (const line of lines) stream.write(`presync: ${printable(line)}\n`)
}
