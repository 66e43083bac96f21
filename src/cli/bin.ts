import { exitCodes } from './exit-codes.ts'
import { main } from './main.ts'

// The only place that touches the process: exit codes are set, never forced, so that what was written is also flushed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (`presync render | head`): nobody is left to write for.
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  throw error
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(exitCodes.interrupted.code))

void main(process.argv.slice(2), process, process.env).then((code) => { process.exitCode = code })
