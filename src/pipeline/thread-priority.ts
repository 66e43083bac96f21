/** How the process runs is decided by the command line, as its streams are. */
export { preferMainThread } from '../io/thread-priority.ts'
