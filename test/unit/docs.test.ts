import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { errorCodes } from '../../scripts/docs/error-codes.ts'
import { generatedFiles } from '../../scripts/docs/generated-files.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

test.each(generatedFiles((path) => readFileSync(join(root, path), 'utf8')))('$path is up to date (npm run docs)', ({ path, content }) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content)
})

/** Upper-case words with an underscore that are no codes: capabilities, variables of the environment. */
const others = /^(?:ARGOCD|KUBE|PARAM|PRESYNC|GIT_(?:SSL|LFS|TERMINAL|ALLOW)|SSL|SSH|HTTPS?|FORCE|XDG)_|^(?:NO_COLOR|NO_PROXY|AUDIT_WRITE|DAC_OVERRIDE|NET_BIND_SERVICE|SYS_CHROOT|FETCH_HEAD)$/

/** Codes are written as literals where they are raised. */
function codesInSource(): ReadonlySet<string> {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.includes('builtin-policies'))
  const codes = files.flatMap((file) => [...readFileSync(join(root, 'src', file), 'utf8').matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map((match) => match[1] ?? ''))
  return new Set([...codes.filter((code) => !others.test(code)), 'USAGE', 'OFFLINE'])
}

test('every code is described in docs/errors.md, and every described code exists', () => {
  expect(Object.keys(errorCodes).sort()).toEqual([...codesInSource()].sort())
})
