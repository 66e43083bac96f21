/** The process's own streams; the command line does not touch file descriptors itself. */
export { openStandardOutput } from '../io/standard-output.ts'
