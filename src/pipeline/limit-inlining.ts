/** How V8 runs is decided by the command that knows its work; apart from `thread-priority.ts`, because `node:v8` takes a noticeable part of the start. */
export { limitInlining } from '../io/limit-inlining.ts'
