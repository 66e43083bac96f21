/** The library: what the executable does, as functions. */
export { version } from './model/version.ts'
export type * from './model/errors.ts'
export type * from './model/json.ts'
export type * from './model/policy.ts'
export type * from './model/report.ts'
export type * from './model/resource.ts'
export type * from './model/result.ts'
export type * from './model/source.ts'
