import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { version } from '../../../src/model/version.ts'
import { runMain } from '../../support/run-main.ts'

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }

test('the version is that of package.json', () => {
  expect(version).toBe(manifest.version)
})

test('--version prints it on stdout', async () => {
  expect(await runMain(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

test.each([
  { args: ['versoin'], says: "unknown command 'versoin'\n(Did you mean version?)" },
  { args: ['--vresion'], says: "unknown option '--vresion'\n(Did you mean --version?)" },
  { args: ['version', '--helpp'], says: "unknown option '--helpp'\n(Did you mean --help?)" },
  { args: [], says: 'Usage: presync [options] [command]' },
])('$args is refused with exit code 2 and a hint', async ({ args, says }) => {
  const { code, stdout, stderr } = await runMain(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(says)
})
