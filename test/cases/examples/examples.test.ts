import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { renderTools } from '../../support/render-tools.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const policies = ['-p', 'examples/policies']

/** What examples/ is there to show. `npm run golden` rewrites the expected output. */
const examples: readonly { name: string; needs?: readonly ('helm' | 'kustomize')[]; args: readonly string[]; exit: number }[] = [
  { name: 'storefront', args: ['check', 'examples/gitops/storefront', ...policies], exit: 1 },
  { name: 'storefront-audit', args: ['check', 'examples/gitops/storefront', ...policies, '--mode', 'audit', '-o', 'table', '--all'], exit: 0 },
  { name: 'storefront-json', args: ['check', 'examples/gitops/storefront', ...policies, '-o', 'json'], exit: 1 },
  { name: 'catalog', needs: ['kustomize'], args: ['check', 'examples/gitops/catalog/overlays/production', ...policies], exit: 1 },
  { name: 'payments', needs: ['helm'], args: ['check', 'examples/gitops/payments', ...policies], exit: 1 },
  { name: 'payments-rendered', needs: ['helm'], args: ['render', 'examples/gitops/payments', '-n', 'payments'], exit: 0 },
  { name: 'repository', needs: ['helm', 'kustomize'], args: ['check', 'examples/gitops', ...policies, '-o', 'table'], exit: 1 },
  { name: 'classic-mistake', args: ['lint', 'examples/mistakes'], exit: 2 },
  { name: 'good-policies', args: ['lint', 'examples/policies'], exit: 0 },
  { name: 'ignore-differences', args: ['ignore-differences', 'examples/gitops/storefront', '-p', 'examples/mutations'], exit: 0 },
  { name: 'baseline', args: ['check', 'examples/gitops/storefront'], exit: 0 },
]

for (const { name, needs = [], args, exit } of examples) {
  test.skipIf(needs.some((tool) => renderTools[tool] === undefined))(`${name}: presync ${args.join(' ')}`, async () => {
    const flags = needs.flatMap((tool) => [`--${tool}`, renderTools[tool] ?? ''])
    const { status, stdout } = spawnSync(process.execPath, ['dist/presync.cjs', ...args, ...flags], { cwd: root, encoding: 'utf8', env: { NODE_EXTRA_CA_CERTS: '' } })
    await expect(stdout).toMatchFileSnapshot(join(root, `test/cases/examples/${name}.${args.includes('json') ? 'json' : args[0] === 'render' ? 'yaml' : 'txt'}`))
    expect(status).toBe(exit)
  })
}
