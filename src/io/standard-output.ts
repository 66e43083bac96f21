import { fstatSync, writeSync } from 'node:fs'

/** Standard output or standard error. */
export interface StandardOutput {
  write(text: string): void
  readonly isTTY: boolean
  readonly columns: number | undefined
}

/**
 * Opens file descriptor 1 or 2. Node's own stream of a pipe or file loads the network code, a tenth of a small run; those are written to
 * directly. Terminals get Node's stream, which knows their width. Whoever stops reading (`| head`) ends the run quietly.
 */
export function openStandardOutput(descriptor: 1 | 2): StandardOutput {
  if (isCharacterDevice(descriptor)) {
    const stream = descriptor === 1 ? process.stdout : process.stderr
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
      throw error
    })
    return { write: (text) => { stream.write(text) }, isTTY: stream.isTTY, columns: stream.columns }
  }
  return { write: (text) => writeAll(descriptor, Buffer.from(text)), isTTY: false, columns: undefined }
}

function isCharacterDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice()
  } catch {
    // Closed: Node's stream swallows what is written to it.
    return true
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length;) {
    try {
      offset += writeSync(descriptor, bytes, offset)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(process.exitCode ?? 0)
      if (code !== 'EAGAIN') throw error
      // A pipe that somebody made non-blocking is full: its reader needs a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}
