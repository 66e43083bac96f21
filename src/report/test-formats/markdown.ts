import { printable } from '../../values/printable.ts'
import { cells, headings, listRows, type TestFormat } from './test-format.ts'

/** One table a run. */
export const markdown: TestFormat = {
  summary: 'a Markdown table',
  format(report, options) {
    const columns = headings(options.detailed)
    const rows = listRows(report, options).map((row) => cells(row, options.detailed))
    return `${[columns, columns.map(() => '---'), ...rows.map((row) => row.map(escapeCell))].map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`
  },
}

/** A bar would end the cell, and everything else that Markdown or HTML acts on is to be shown. */
function escapeCell(text: string): string {
  return printable(text).replace(/[\\|`*_<>[\]#&]/g, (character) => (character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`))
}
