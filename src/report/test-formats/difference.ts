import { structuredPatch } from 'diff'
import type { TestRow } from '../../model/test-report.ts'
import { printable } from '../../values/printable.ts'
import type { Style } from '../style.ts'
import { formatYaml } from '../yaml-text.ts'
import { sortKeys } from './sort-keys.ts'

/** The lines in which two resources differ, with what stands around them: `-` is only in the expected one, `+` only in the actual one. */
export function formatDifference({ expected, actual, kind }: NonNullable<TestRow['difference']>, style: Style): readonly string[] {
  const { hunks } = structuredPatch('', '', formatYaml(sortKeys(expected)), formatYaml(sortKeys(actual)), '', '', { context: 3 })
  return [
    style.red('- expected: in the file of the test'), style.green(`+ actual: as it was ${kind}`),
    ...hunks.flatMap(({ lines }, index) => [...(index === 0 ? [] : [style.cyan('…')]), ...lines.map((line) => colorLine(printable(line), style))]),
  ]
}

function colorLine(line: string, style: Style): string {
  return line.startsWith('-') ? style.red(line) : line.startsWith('+') ? style.green(line) : line
}
