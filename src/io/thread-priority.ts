import { readdirSync } from 'node:fs'
import { availableParallelism, setPriority } from 'node:os'

/** How many threads V8 keeps for compiling and for collecting garbage, however many processors there are. */
const helperThreads = 4
/** Nice value: a tenth of the main thread's share where both want the same processor, all of it where the main thread waits. */
const helperPriority = 10

/** What is asked of the operating system. */
export interface Threads {
  readonly platform: NodeJS.Platform
  readonly processors: number
  /** The main thread has the process's number, too. */
  readonly process: number
  list(): readonly string[]
  setPriority(thread: number, priority: number): void
}

const threadsOfProcess: Threads = {
  platform: process.platform, processors: availableParallelism(), process: process.pid,
  list: () => readdirSync('/proc/self/task'), setPriority,
}

/**
 * Lets the main thread go before V8's helpers: where these outnumber the processors, it waited for one a fifth of the time of a large run. Only Linux has
 * priorities of threads; where they cannot be had, everything stays as it is.
 */
export function preferMainThread(threads: Threads = threadsOfProcess): void {
  if (threads.platform !== 'linux' || threads.processors > helperThreads) return
  try {
    for (const thread of threads.list()) if (Number(thread) !== threads.process) threads.setPriority(Number(thread), helperPriority)
  } catch {
    // A sandbox without /proc, or one that lets nobody change priorities: it is only slower.
  }
}
