import jmespath from 'jmespath'
import { printableJson } from '../report/index.ts'
import { UsageError } from './usage-error.ts'

/** What a query (standard JMESPath, as other command line tools of the field take it) gives of a report in JSON. */
export function queryReport(json: string, query: string): string {
  return refusing(() => `${printableJson(jmespath.search(JSON.parse(json), query), 2)}\n`)
}

/** The declarations of the package leave it out. */
const { compile } = jmespath as typeof jmespath & { compile(query: string): unknown }

/** Refuses a query before the work begins rather than after it. */
export function checkQuery(query: string): void {
  refusing(() => compile(query))
}

function refusing<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw new UsageError(`--query is not JMESPath that fits: ${(error as Error).message}`)
  }
}
