import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** Runs a command once: wall time in milliseconds and peak memory in MiB (undefined where /proc does not tell). */
export function runOnce(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    // A bundle of extra certificates costs every Node process some 20 ms and says nothing about the program.
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, env: { ...process.env, ...options.env, NODE_EXTRA_CA_CERTS: '', NO_COLOR: '1' } })
    let peak
    let output = ''
    let errors = ''
    const poll = () => { peak = peakOf(child.pid) ?? peak }
    const timer = setInterval(poll, 5)
    child.stdout.on('data', (data) => { if (output.length < 4096) output += data })
    child.stderr.on('data', (data) => { if (errors.length < 4096) errors += data })
    child.on('error', reject)
    child.on('exit', () => { clearInterval(timer) })
    child.on('close', (status) => resolve({ ms: performance.now() - started, peak, status, output, errors }))
  })
}

/** The best and the median of several runs: noise only ever adds. */
export async function run(command, args, { times = 5, expect = [0, 1], ...options } = {}) {
  const runs = []
  for (let index = 0; index < times; index += 1) {
    const result = await runOnce(command, args, options)
    if (!expect.includes(result.status)) throw new Error(`${command} ${args.join(' ')} ended with ${result.status}\n${result.errors}${result.output}`)
    runs.push(result)
  }
  const sorted = runs.map(({ ms }) => ms).sort((a, b) => a - b)
  const peaks = runs.map(({ peak }) => peak).filter((peak) => peak !== undefined)
  return { median: sorted[Math.floor(sorted.length / 2)], best: sorted[0], peak: peaks.length === 0 ? undefined : Math.max(...peaks) }
}

/** The kernel's own high-water mark of the process. */
function peakOf(pid) {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return line === null ? undefined : Number(line[1]) / 1024
  } catch {
    return undefined
  }
}
