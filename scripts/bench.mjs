// `npm run bench`: start-up, time and memory of the executable on inputs that it makes itself; ratios to `kyverno apply` where that is on
// PATH or named by KYVERNO. Prints one table. `--quick` leaves out the largest inputs of kyverno, which take minutes.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { celPolicies } from './bench/cel-policies.mjs'
import { checkGitops, makeGitopsRepository, renderersAlone } from './bench/gitops.mjs'
import { run } from './bench/measure.mjs'
import { mutatingPolicies } from './bench/mutating-policies.mjs'
import { measurePlugin } from './bench/plugin.mjs'
import { policies } from './bench/policies.mjs'
import { resources } from './bench/resources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = spawnSync(process.execPath, [`${root}scripts/build.mjs`, '--no-types'], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const work = mkdtempSync(join(tmpdir(), 'presync-bench-'))
process.on('exit', () => rmSync(work, { recursive: true, force: true }))
const presync = `${root}dist/presync.cjs`
const kyverno = process.env.KYVERNO ?? 'kyverno'
const hasKyverno = spawnSync(kyverno, ['version'], { stdio: 'ignore' }).status === 0
const quick = process.argv.includes('--quick')

// JSON is YAML, so the policies need no writer.
mkdirSync(join(work, 'policies'))
for (const policy of policies) writeFileSync(join(work, 'policies', `${policy.metadata.name}.yaml`), JSON.stringify(policy, undefined, 2))
mkdirSync(join(work, 'cel-policies'))
for (const policy of celPolicies) writeFileSync(join(work, 'cel-policies', `${policy.metadata.name}.yaml`), JSON.stringify(policy, undefined, 2))
mkdirSync(join(work, 'mutating'))
for (const policy of mutatingPolicies) writeFileSync(join(work, 'mutating', `${policy.metadata.name}.yaml`), JSON.stringify(policy, undefined, 2))
const onePolicy = join(work, 'policies', 'bench-privileged.yaml')
const inputs = Object.fromEntries([1, 100, 1000, 10000].map((count) => {
  const folder = join(work, `resources-${count}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'resources.yaml'), resources(count))
  return [count, folder]
}))

const check = (policy, count, times) => run(process.execPath, [presync, 'check', inputs[count], '-p', policy, '-o', 'text', '--fail-on', 'never'], { times, expect: [0] })
const apply = (policy, count, times) => (hasKyverno ? run(kyverno, ['apply', policy, '--resource', join(inputs[count], 'resources.yaml')], { times }) : undefined)

const rows = []
function row(what, ours, limit, theirs) {
  rows.push([
    what, `${format(ours.median)}${ours.ratio === undefined ? '' : ` (${ours.ratio.toFixed(2)} x)`}`, ours.peak === undefined ? '-' : `${ours.peak.toFixed(0)} MiB`, limit,
    theirs === undefined ? '-' : `${format(theirs.median)}, ${theirs.peak?.toFixed(0) ?? '?'} MiB`, theirs === undefined ? '-' : `${(theirs.median / ours.median).toFixed(1)} x`,
  ])
}
const format = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(0)} ms`)
const against = (ours, base) => ({ ...ours, ratio: ours.median / base.median })

const empty = await run(process.execPath, ['-e', '0'], { times: 21 })
row('node -e 0', empty, '-')
row('presync --version', against(await run(process.execPath, [presync, '--version'], { times: 21 }), empty), '<= 1.5 x node -e 0', hasKyverno ? await run(kyverno, ['version'], { times: 3 }) : undefined)
row('1 resource, 1 policy', against(await check(onePolicy, 1, 15), empty), '<= 2.5 x node -e 0', await apply(onePolicy, 1, 3))
const folder = join(work, 'policies')
row('100 resources, 17 policies', await check(folder, 100, 9), '<= 350 ms', await apply(folder, 100, 3))
const thousand = await check(folder, 1000, 5)
row('1,000 resources, 17 policies', thousand, '-', quick ? undefined : await apply(folder, 1000, 1))
const tenThousand = await check(folder, 10000, 5)
row('10,000 resources, 17 policies', tenThousand, '<= 1.5 s, <= 350 MiB', quick ? undefined : await apply(folder, 10000, 1))
const celFolder = join(work, 'cel-policies')
row('10,000 resources, 17 policies in CEL', against(await check(celFolder, 10000, 5), tenThousand), '<= 1.5 x patterns', quick ? undefined : await apply(celFolder, 10000, 1))

const { one, inTurn, together } = await measurePlugin(work, presync, folder)
row('cmp generate: 20 resources, 17 policies', one, `<= ${format(empty.median + 150)} (node -e 0 + 150 ms), <= 150 MiB`)
row('cmp generate: 30 at once', against(together, inTurn), '<= 1 x one after the other')

// A repository of 500 Applications, where there is a kustomize: on PATH or named by KUSTOMIZE.
const kustomize = process.env.KUSTOMIZE ?? 'kustomize'
if (spawnSync(kustomize, ['version'], { stdio: 'ignore' }).status === 0) {
  const gitops = join(work, 'gitops')
  makeGitopsRepository(gitops)
  const alone = await renderersAlone(gitops, kustomize)
  const { whole, cold, warm } = await checkGitops(gitops, presync, onePolicy, kustomize)
  row('500 Applications: kustomize alone', alone, '-')
  row('500 Applications: whole check', against(whole, alone), '<= 1.3 x kustomize alone')
  row('500 Applications: pull request of 5, cold', cold, '<= 3 s')
  row('500 Applications: pull request of 5, warm', warm, '<= 1 s')
}

// Every test of the policy corpus in one run: CORPUS_DIR names the folder of corpora, as for `npm run conformance`.
const tests = process.env.CORPUS_DIR === undefined ? undefined : join(process.env.CORPUS_DIR, 'kyverno-policies')
if (tests !== undefined && existsSync(tests)) {
  const ours = await run(process.execPath, [presync, 'test', tests, '--fail-only'], { times: 3, expect: [0] })
  const theirs = hasKyverno && !quick ? await run(kyverno, ['test', tests, '--fail-only'], { times: 1 }) : undefined
  row('test: the whole policy corpus', ours, '>= 8 x faster than kyverno test', theirs)
}

row(`1,000 resources, ${mutatingPolicies.length} mutating policies: ignore-differences`, await run(process.execPath, [presync, 'ignore-differences', inputs[1000], '-p', join(work, 'mutating')], { times: 5, expect: [0] }), '<= 2 s', undefined)

const heading = ['what', 'presync', 'peak memory', 'limit', hasKyverno ? 'kyverno' : 'kyverno (not found)', 'times faster']

const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map((cells) => cells[column].length)))
const print = (cells) => console.log(`| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`)
print(heading)
print(widths.map((width) => '-'.repeat(width)))
rows.forEach(print)
console.log(`\nLinear: 10 times the resources of 1,000 take ${(tenThousand.median / thousand.median).toFixed(1)} times as long. Median of several runs; ${process.version}, ${process.platform} ${process.arch}.`)
