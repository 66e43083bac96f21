/** What `presync apply` prints. */
export { countResults } from './count-results.ts'
export { formatExceptions } from './exceptions.ts'
export { formatReports } from './reports.ts'
export { formatTable } from './table.ts'
export { formatApplied, formatInvalid, formatResults, listManifests, type ApplyTextOptions } from './text.ts'
