import { spawn, type ChildProcess } from 'node:child_process'
import { ProgramError } from './io-error.ts'
import { redactSecrets } from './redact.ts'

export interface RunOptions {
  readonly cwd: string
  /** The whole environment of the program: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Bytes of stdout; more ends the program. */
  readonly maxOutput?: number
  readonly input?: string
}

const defaultTimeout = 60_000
const defaultMaxOutput = 200_000_000
const maxStderr = 64_000
const shownStderr = 4_000

/**
 * Runs a program without a shell, in a process group of its own, and resolves to what it wrote to stdout. Ends the whole group when the time
 * is up, when it writes too much, or when presync itself ends. The only place of presync that starts a process.
 */
export async function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { timeoutMs = defaultTimeout, maxOutput = defaultMaxOutput } = options
  const name = program.slice(program.lastIndexOf('/') + 1)
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true, shell: false })
  const forget = remember(child)
  let stopped: ProgramError | undefined
  const stop = (error: ProgramError): void => {
    stopped ??= error
    endGroup(child)
  }
  const timer = setTimeout(() => stop(new ProgramError('PROGRAM_TIMEOUT', `${name} took longer than ${timeoutMs / 1000} s and was ended`)), timeoutMs)
  const stdout = collect(child.stdout, maxOutput, () => stop(new ProgramError('OUTPUT_TOO_LARGE', `${name} wrote more than ${maxOutput} bytes and was ended`)))
  const stderr = collect(child.stderr, maxStderr)
  // A program that does not read its input breaks the pipe; its exit code tells what happened.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  try {
    const { exitCode, signal } = await ended(child, name)
    if (stopped !== undefined) throw stopped
    if (exitCode === 0) return Buffer.concat(stdout).toString('utf8')
    const words = shorten(redactSecrets(Buffer.concat(stderr).toString('utf8').trim()))
    throw new ProgramError('PROGRAM_FAILED', `${name} failed${exitCode === null ? ` (${signal})` : ''}: ${words === '' ? `exit code ${exitCode}` : words}`, { exitCode: exitCode ?? undefined, stderr: words })
  } finally {
    clearTimeout(timer)
    forget()
  }
}

function collect(stream: NodeJS.ReadableStream, limit: number, tooMuch?: () => void): Buffer[] {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else tooMuch?.()
  })
  return chunks
}

async function ended(child: ChildProcess, name: string): Promise<{ exitCode: number | null; signal: string | null }> {
  return await new Promise((resolve, reject) => {
    child.on('error', (cause: NodeJS.ErrnoException) => {
      const missing = cause.code === 'ENOENT'
      reject(new ProgramError(missing ? 'PROGRAM_MISSING' : 'PROGRAM_FAILED', missing ? `${name} was not found` : `${name} could not be started: ${cause.message}`, { cause }))
    })
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal }))
  })
}

function shorten(text: string): string {
  return text.length <= shownStderr ? text : `${text.slice(0, shownStderr / 2)}\n…\n${text.slice(-shownStderr / 2)}`
}

const running = new Set<ChildProcess>()

/** Ends what still runs when presync ends, whatever ends it. */
function remember(child: ChildProcess): () => void {
  if (running.size === 0) process.on('exit', endAll)
  running.add(child)
  return () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', endAll)
  }
}

function endAll(): void {
  for (const child of running) endGroup(child)
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
