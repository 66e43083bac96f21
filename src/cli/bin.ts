import { openStandardOutput } from '../pipeline/standard-output.ts'
import { preferMainThread } from '../pipeline/thread-priority.ts'
import { exitCodes } from './exit-codes.ts'
import { main } from './main.ts'

// The only place that touches the process: exit codes are set, never forced, so that what was written is also flushed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(exitCodes.interrupted.code))

preferMainThread()

/** Nothing is opened before it is used: each stream is a part of Node that takes time to load. */
const streams = {
  get stdin() { return process.stdin },
  get stdout() { return stdout ??= openStandardOutput(1) },
  get stderr() { return stderr ??= openStandardOutput(2) },
}
let stdout: ReturnType<typeof openStandardOutput> | undefined
let stderr: ReturnType<typeof openStandardOutput> | undefined

void main(process.argv.slice(2), streams, process.env).then((code) => { process.exitCode = code })
