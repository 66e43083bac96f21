import { expect, test } from 'vitest'
import { findProgram } from '../../../src/io/find-program.ts'
import { redactSecrets } from '../../../src/io/redact.ts'
import { runProgram } from '../../../src/io/run-program.ts'
import { writeTree } from '../../support/write-tree.ts'

const node = process.execPath
const here = { cwd: process.cwd(), env: {} }

test('resolves to stdout; input, environment and arguments as given, no shell', async () => {
  const script = 'process.stdin.pipe(process.stdout); process.stdout.write(JSON.stringify([process.argv[1], process.env.A, process.env.HOME]))'
  expect(await runProgram(node, ['-e', script, '$(id) `id` ;'], { cwd: process.cwd(), env: { A: 'x' }, input: 'in' })).toBe('["$(id) `id` ;","x",null]in')
})

test('failures say what happened, without secrets', async () => {
  await expect(runProgram(node, ['-e', 'console.error("cannot fetch https://me:hunter2@example.com/x"); process.exit(3)'], here)).rejects.toMatchObject({
    code: 'PROGRAM_FAILED', exitCode: 3, stderr: 'cannot fetch https://[removed]@example.com/x',
  })
  await expect(runProgram('/nowhere/helm', [], here)).rejects.toMatchObject({ code: 'PROGRAM_MISSING', message: 'helm was not found' })
})

test('ends what takes too long or writes too much, with its children', async () => {
  const child = 'require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], {stdio: "inherit"}); setTimeout(() => {}, 60000)'
  await expect(runProgram(node, ['-e', child], { ...here, timeoutMs: 500 })).rejects.toMatchObject({ code: 'PROGRAM_TIMEOUT' })
  await expect(runProgram(node, ['-e', 'for (;;) require("fs").writeSync(1, "x".repeat(1000))'], { ...here, maxOutput: 1_000_000 })).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' })
  // Exponential work would run into the runner's own limit.
})

test('programs are found on PATH, never in the current folder', () => {
  const root = writeTree({ 'bin/tool': '', tool: '' })
  expect(findProgram('tool', `${root}/bin`)).toBeUndefined()
  expect(findProgram('node', node.slice(0, node.lastIndexOf('/')))).toBe(node)
  expect(findProgram('node', ':.')).toBeUndefined()
})

test.each([
  ['password=abc next', 'password=[removed] next'], ['{"client_secret": "abc"}', '{"client_secret": "[removed]"}'], ['Authorization: Bearer abc', 'Authorization: [removed]'],
  ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----', '[private key removed]'], ['ghp_abcdefghijklmnopqrstuvwxyz', '[removed]'], ['https://example.com/a:b@c', 'https://example.com/a:b@c'], ['tokens are nice', 'tokens are nice'],
])('redacts %j', (text, expected) => {
  expect(redactSecrets(text)).toBe(expected)
})
