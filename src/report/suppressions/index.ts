/** Known failures, written down: an annotation or a baseline turns them into skips. */
export { createBaseline, formatBaseline, pruneBaseline, type Baseline, type BaselineEntry } from './baseline.ts'
export { ignoreAnnotation, ignoreTextOf, isDay } from './ignore-annotation.ts'
export { suppress, type Suppressed, type SuppressOptions } from './suppress.ts'
