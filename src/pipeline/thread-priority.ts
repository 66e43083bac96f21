export { preferMainThread } from '../io/thread-priority.ts'
