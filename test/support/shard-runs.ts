import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Gate, Report } from '../../src/model/report.ts'
import { checkAgainstBase } from '../../src/pipeline/check-against-base.ts'
import { check } from '../../src/pipeline/check.ts'
import { mergeShards } from '../../src/pipeline/shard/merge-shards.ts'
import type { PartOptions } from '../../src/pipeline/shard/run-identity.ts'
import { writeShard } from '../../src/pipeline/shard/write-shard.ts'
import { judge, reportFormats, summaryLines, type FormatOptions } from '../../src/report/index.ts'

const gate: Gate = { mode: 'policy', failOn: 'block', strict: false }

/** Everything that can be printed of a report, and how it is judged. */
export type Printed = Readonly<Record<string, string>>

function print(report: Report, sourceText: FormatOptions['sourceText']): Printed {
  const shown = { gate, color: true, all: false, sourceText }
  return {
    ...Object.fromEntries(Object.entries(reportFormats).flatMap(([name, { format }]) => [[name, format(report, shown)], [`${name} --all`, format(report, { ...shown, all: true })]])),
    summary: summaryLines(report, shown).join('\n'),
    block: judge(report, gate), warn: judge(report, { ...gate, failOn: 'warn' }), never: judge(report, { ...gate, failOn: 'never' }), strict: judge(report, { ...gate, strict: true }),
  }
}

/** What one run comes to. */
export async function printWhole(options: PartOptions): Promise<Printed> {
  const { base, showDiff = false } = options
  return print(base === undefined ? await check(options) : await checkAgainstBase({ ...options, base, showDiff }), options.texts.get)
}

/** What the shards of a run come to; their files are written into a folder. `of` makes options with texts of their own, as another machine has them. */
export async function printMerged(of: () => PartOptions, count: number, folder: string): Promise<Printed> {
  const files: string[] = []
  for (let index = 1; index <= count; index++) {
    const { text } = await writeShard(of(), { share: { index, count }, gate, configuration: { problems: [] } })
    files.push(join(folder, `${index}-of-${count}.json`))
    writeFileSync(files.at(-1) as string, text)
  }
  // In whatever order a shell lists them.
  const { report, sourceText } = mergeShards(files.toReversed(), folder)
  return print(report, sourceText)
}
