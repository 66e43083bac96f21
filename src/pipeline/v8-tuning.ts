/** How V8 runs is a matter of the process, as its streams are; the command line decides when. */
export { limitInlining, preferMainThread } from '../io/v8-tuning.ts'
