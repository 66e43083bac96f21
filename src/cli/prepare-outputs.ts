import type { OptionValues } from './options.ts'
import { parseOutputs, type PrintOptions } from './outputs.ts'

/** Where a report goes, as JSON where a query takes a part of it; wrong options are refused before the work begins. */
export async function prepareOutputs({ output, query: text }: OptionValues<'output' | 'query'>): Promise<Pick<PrintOptions, 'targets' | 'query'>> {
  const query = text === undefined ? undefined : await prepareQuery(text)
  return { targets: parseOutputs(query === undefined || output.some((one) => /^json(?:=|$)/.test(one)) ? output : ['json', ...output]), ...query }
}

/** Only who asks for a part of the report pays for the language. */
async function prepareQuery(text: string): Promise<{ readonly query: (json: string) => string }> {
  const { checkQuery, queryReport } = await import('./query-report.ts')
  checkQuery(text)
  return { query: (json) => queryReport(json, text) }
}
