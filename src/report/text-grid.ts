/** A table of text in Kyverno's frame. */
export interface Grid {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly string[])[]
  decorateHeading(text: string): string
  /** Colours a cell; its width is that of the text without colour. */
  decorate(cell: string, column: number, row: number): string
}

/** The lines of a table, each column as wide as its widest cell. */
export function formatGrid({ headings: [first = '', ...others], rows, decorateHeading, decorate }: Grid): readonly string[] {
  // Kyverno's table says how many rows there are where they are many.
  const headings = [rows.length > 10 ? `${first} (${rows.length}) ` : first, ...others]
  const widths = headings.map((heading, column) => rows.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), heading.length))
  const rule = `│${widths.map((width) => '─'.repeat(width + 2)).join('│')}│`
  const write = (line: readonly string[], color: (cell: string, column: number) => string): string =>
    `│${line.map((cell, column) => ` ${color(cell, column)}${' '.repeat((widths[column] ?? 0) - cell.length)} `).join('│')}│`
  return [rule, write(headings, decorateHeading), rule, ...rows.map((row, index) => write(row, (cell, column) => decorate(cell, column, index))), rule]
}
