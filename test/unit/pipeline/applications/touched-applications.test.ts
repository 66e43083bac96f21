import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { realpathSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { touchedApplications } from '../../../../src/pipeline/applications/touched-applications.ts'
import { renderPaths } from '../../../../src/pipeline/render-paths.ts'
import { SourceTexts } from '../../../../src/pipeline/source-texts.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'presync-touched-')))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const application = (name: string, path: string, annotations = '{}'): string => `---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, annotations: ${annotations}}
spec: {project: default, destination: {namespace: ${name}}, source: {repoURL: https://git.example.com/a/b, path: ${path}}}
`
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n'
const files: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '[remote "origin"]\n\turl = https://git.example.com/a/b\n',
  'apps/a.yaml': application('a', 'a'),
  'apps/b.yaml': application('b', 'b', "{argocd.argoproj.io/manifest-generate-paths: '.;/shared;../lib/*.txt'}"),
  'apps/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set}
spec:
  generators: [{git: {repoURL: https://git.example.com/a/b, files: [{path: config/*.json}]}}]
  template:
    metadata: {name: '{{name}}'}
    spec: {project: default, destination: {namespace: '{{name}}'}, source: {repoURL: https://git.example.com/a/b, path: a}}
`,
  'config/x.json': '{"name": "from-set"}', 'a/c.yaml': configMap, 'b/c.yaml': configMap, 'shared/c.txt': '', 'lib/x.txt': '',
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

test.each([
  [['a/c.yaml'], ['a', 'from-set']],
  [['b/new.yaml'], ['b']],
  [['shared/deep/c.txt'], ['b']],
  [['lib/x.txt'], ['b']],
  [['lib/x.md'], []],
  [['config/x.json'], ['from-set']],
  [['apps/a.yaml'], ['a']],
  [['apps/set.yaml', 'README.md'], ['from-set']],
  [['README.md'], []],
])('%j touches %j', async (changed, expected) => {
  const { applications, problems } = await renderPaths({ cwd: root, paths: ['apps'], namespace: 'default', network: false, tools: {}, texts: new SourceTexts() })
  expect(problems).toEqual([])
  expect(touchedApplications(applications, changed, root).map(({ application: { name } }) => name).sort()).toEqual(expected)
})
