import { describe, expect, test } from 'vitest'
import { expandApplicationSet, type ApplicationSetWorld, type Cluster } from '../../../src/argocd/index.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'

const files: Readonly<Record<string, string>> = {
  'apps/shop/kustomization.yaml': '', 'apps/blog/kustomization.yaml': '', 'apps/blog/base/x.yaml': '', 'apps/old/x.yaml': '', 'apps/.hidden/x.yaml': '',
  'clusters/eu/config.json': '{"cluster": {"name": "eu", "size": 3}, "tags": ["a", "b"]}',
  'clusters/us/config.json': '{"cluster": {"name": "us", "size": 12345678}}',
  'clusters/us/deep/config.json': '[{"cluster": {"name": "us-1"}}, {"cluster": {"name": "us-2"}}]',
}

const folders = ['apps', 'apps/blog', 'apps/blog/base', 'apps/old', 'apps/shop', 'clusters', 'clusters/eu', 'clusters/us', 'clusters/us/deep']

const clusters: readonly Cluster[] = [
  { name: 'prod_EU', server: 'https://eu.example.com', labels: { 'argocd.argoproj.io/secret-type': 'cluster', env: 'prod' }, annotations: { zone: 'a' } },
  { name: 'staging', server: 'https://st.example.com', project: 'p', labels: { 'argocd.argoproj.io/secret-type': 'cluster', env: 'staging' }, annotations: {} },
]

const world: ApplicationSetWorld = {
  clusters,
  repository: (url) => (url === 'https://git.example.com/org/repo' ? { folders: () => folders, files: () => Object.keys(files), read: (path) => files[path] ?? '' } : undefined),
}

function expand(spec: string, asked: ApplicationSetWorld = world) {
  const indented = spec.split('\n').map((line) => `  ${line}`).join('\n')
  const [document] = parseManifests(`apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set, namespace: argocd}\nspec:\n${indented}\n`, 'set.yaml').documents
  return expandApplicationSet(document?.value as JsonObject, asked)
}

/** Name and path of each Application. */
function made(spec: string, asked?: ApplicationSetWorld): readonly string[] {
  const { applications, problems } = expand(spec, asked)
  expect(problems).toEqual([])
  return applications.map((application) => {
    const { metadata, spec: { source } } = application as { metadata: JsonObject; spec: { source: JsonObject } } & JsonObject
    return `${String(metadata['name'])} ${String(source['path'])}`
  })
}

const template = (name: string, path: string): string => `template: {metadata: {name: '${name}'}, spec: {project: default, source: {repoURL: r, path: '${path}'}, destination: {namespace: n}}}`
const go = 'goTemplate: true\ngoTemplateOptions: [missingkey=error]'

describe('list generator', () => {
  test('flat texts by name, values with a prefix', () => {
    expect(made(`generators: [{list: {elements: [{cluster: a, values: {x: z}}, {cluster: b}]}}]\n${template('{{cluster}}', '{{ values.x }}')}`)).toEqual(['a z', 'b {{ values.x }}'])
  })
  test('Go templates see whole values', () => {
    expect(made(`${go}\ngenerators: [{list: {elements: [{c: {nm: a}, l: [x, z]}]}}]\n${template('{{.c.nm}}', '{{index .l 1}}')}`)).toEqual(['a z'])
  })
  test('elementsYaml', () => {
    expect(made(`${go}\ngenerators: [{list: {elementsYaml: "- {nm: a}\\n- {nm: b}"}}]\n${template('{{.nm}}', 'p')}`)).toEqual(['a p', 'b p'])
  })
  test('a value that is no text needs goTemplate', () => {
    expect(expand(`generators: [{list: {elements: [{nm: 1}]}}]\n${template('{{nm}}', 'p')}`).problems).toMatchObject([{ code: 'INVALID_APPLICATION_SET', path: ['spec', 'generators', 0] }])
  })
})

describe('git generator', () => {
  const source = 'repoURL: https://git.example.com/org/repo, revision: HEAD'
  test('directories: stars stop at slashes, exclusions win', () => {
    expect(made(`generators: [{git: {${source}, directories: [{path: apps/*}, {path: apps/old, exclude: true}]}}]\n${template('{{path.basename}}', '{{path}}')}`)).toEqual(['blog apps/blog', 'shop apps/shop'])
  })
  test('directories with Go templates, segments and values', () => {
    expect(made(`${go}\ngenerators: [{git: {${source}, directories: [{path: apps/blog/*}], values: {x: '{{index .path.segments 1}}'}}}]\n${template('{{.path.basename}}-{{.values.x}}', '{{.path.path}}')}`)).toEqual(['base-blog apps/blog/base'])
  })
  test('segments without Go templates', () => {
    expect(made(`generators: [{git: {${source}, directories: [{path: apps/shop}]}}]\n${template('{{path[0]}}-{{path[1]}}', '{{path.basenameNormalized}}')}`)).toEqual(['apps-shop shop'])
  })
  test('files: stars cross slashes as in git, lists make several, names flattened', () => {
    expect(made(`generators: [{git: {${source}, files: [{path: "clusters/*/config.json"}]}}]\n${template('{{cluster.name}}', '{{path}}/{{path.filename}}')}`))
      .toEqual(['eu clusters/eu/config.json', 'us clusters/us/config.json', 'us-1 clusters/us/deep/config.json', 'us-2 clusters/us/deep/config.json'])
  })
  test('files: excluded, and large numbers as Go shows them', () => {
    expect(made(`generators: [{git: {${source}, files: [{path: "clusters/**/config.json"}, {path: "clusters/us/deep/*", exclude: true}]}}]\n${template('{{cluster.name}}', '{{cluster.size}}')}`)).toEqual(['eu 3', 'us 1.2345678e+07'])
  })
  test('pathParamPrefix', () => {
    expect(made(`${go}\ngenerators: [{git: {${source}, pathParamPrefix: g, directories: [{path: apps/shop}]}}]\n${template('{{.g.path.basename}}', '{{.g.path.path}}')}`)).toEqual(['shop apps/shop'])
  })
  test('a repository elsewhere is said, not guessed', () => {
    expect(expand(`generators: [{git: {repoURL: https://other.example.com/x, directories: [{path: '*'}]}}]\n${template('x', 'p')}`).problems).toMatchObject([{ code: 'NOT_EXPANDABLE', message: expect.stringContaining('https://other.example.com/x') }])
  })
})

describe('clusters generator', () => {
  test('all clusters, and the one that Argo CD runs in', () => {
    expect(made(`generators: [{clusters: {}}]\n${template('{{nameNormalized}}', '{{server}}')}`)).toEqual(['prod-eu https://eu.example.com', 'staging https://st.example.com', 'in-cluster https://kubernetes.default.svc'])
  })
  test('labels choose, and leave Argo CD’s own out', () => {
    expect(made(`generators: [{clusters: {selector: {matchLabels: {env: prod}}, values: {v: '{{name}}-x'}}}]\n${template('{{name}}', '{{values.v}} {{metadata.labels.env}} {{metadata.annotations.zone}}')}`)).toEqual(['prod_EU prod_EU-x prod a'])
  })
  test('flatList hands all clusters to one Application', () => {
    expect(made(`${go}\ngenerators: [{clusters: {flatList: true, selector: {matchExpressions: [{key: env, operator: Exists}]}}}]\n${template('all', '{{range .clusters}}{{.name}},{{end}}')}`)).toEqual(['all prod_EU,staging,'])
  })
  test('without an inventory nothing is guessed', () => {
    expect(expand(`generators: [{clusters: {}}]\n${template('x', 'p')}`, { ...world, clusters: undefined }).problems).toMatchObject([{ code: 'NOT_EXPANDABLE' }])
  })
})

describe('matrix generator', () => {
  test('every pair; the second one sees the first one’s parameters', () => {
    const spec = `generators: [{matrix: {generators: [{list: {elements: [{env: eu}, {env: us}]}}, {git: {repoURL: https://git.example.com/org/repo, files: [{path: 'clusters/{{env}}/config.json'}]}}]}}]`
    expect(made(`${spec}\n${template('{{env}}-{{cluster.name}}', 'p')}`)).toEqual(['eu-eu p', 'us-us p'])
  })
  test('with Go templates the first one wins, and values resolve late', () => {
    const spec = `${go}\ngenerators: [{matrix: {generators: [{list: {elements: [{a: 1, b: {c: x}}]}}, {list: {elements: [{a: 2, b: {d: z}}]}}]}}]`
    expect(made(`${spec}\n${template('n{{.a}}', '{{.b.c}}{{.b.d}}')}`)).toEqual(['n1 xz'])
    const late = `${go}\ngenerators: [{matrix: {generators: [{list: {elements: [{e: q}]}}, {git: {repoURL: https://git.example.com/org/repo, directories: [{path: apps/shop}], values: {w: '{{.e}}', v: '{{.path.basename}}'}}}]}}]`
    expect(made(`${late}\n${template('{{.values.w}}', '{{.values.v}}')}`)).toEqual(['q shop'])
  })
  test('different values for one name are an error without Go templates', () => {
    expect(expand(`generators: [{matrix: {generators: [{list: {elements: [{a: x}]}}, {list: {elements: [{a: z}]}}]}}]\n${template('n', 'p')}`).problems[0]?.message).toContain('different values')
  })
  test('takes exactly two', () => {
    expect(expand(`generators: [{matrix: {generators: [{list: {elements: []}}]}}]\n${template('n', 'p')}`).problems[0]?.message).toContain('two generators')
  })
  test('a nested generator that asks outside makes the whole unknown', () => {
    const { applications, problems } = expand(`generators: [{matrix: {generators: [{list: {elements: [{a: x}]}}, {pullRequest: {github: {}}}]}}]\n${template('n', 'p')}`)
    expect(applications).toEqual([])
    expect(problems).toMatchObject([{ code: 'NOT_EXPANDABLE', message: expect.stringContaining('pullRequest') }])
  })
})

describe('merge generator', () => {
  const merge = (elements: string, others: string, keys = '[env]'): string => `generators: [{merge: {mergeKeys: ${keys}, generators: [{list: {elements: ${elements}}}, {list: {elements: ${others}}}]}}]`
  test('the later one overrides what has the same keys', () => {
    expect(made(`${merge('[{env: a, x: "1"}, {env: b, x: "1"}]', '[{env: b, x: "2"}, {env: c, x: "3"}]')}\n${template('{{env}}', '{{x}}')}`)).toEqual(['a 1', 'b 2'])
  })
  test('with Go templates maps are merged', () => {
    expect(made(`${go}\n${merge('[{env: a, m: {x: 1, z: 1}}]', '[{env: a, m: {z: 2}}]')}\n${template('{{.env}}', '{{.m.x}}{{.m.z}}')}`)).toEqual(['a 12'])
  })
  test('keys must be unique and given', () => {
    expect(expand(`${merge('[{env: a}, {env: a}]', '[]')}\n${template('n', 'p')}`).problems[0]?.message).toContain('several sets')
    expect(expand(`${merge('[{env: a}]', '[]', '[]')}\n${template('n', 'p')}`).problems[0]?.message).toContain('no mergeKeys')
  })
})

describe('selectors, templates, patches', () => {
  test('a selector filters flattened parameters', () => {
    const spec = `${go}\ngenerators: [{list: {elements: [{nm: a, m: {env: prod}}, {nm: b, m: {env: dev}}]}, selector: {matchLabels: {m.env: prod}}}]`
    expect(made(`${spec}\n${template('{{.nm}}', 'p')}`)).toEqual(['a p'])
  })
  test('expressions of selectors take any value', () => {
    const spec = `generators: [{list: {elements: [{nm: a, s: "https://x"}, {nm: b, s: "https://y"}, {nm: c}]}, selector: {matchExpressions: [{key: s, operator: NotIn, values: ["https://x"]}]}}]`
    expect(made(`${spec}\n${template('{{nm}}', 'p')}`)).toEqual(['b p', 'c p'])
  })
  test("a generator's own template wins where it says something", () => {
    const spec = `generators: [{list: {elements: [{nm: a}], template: {metadata: {}, spec: {project: x, source: {repoURL: r, path: own}, destination: {}}}}}]`
    expect(made(`${spec}\n${template('{{nm}}', 'general')}`)).toEqual(['a own'])
  })
  test('keys are rendered too, and other values stay', () => {
    const { applications } = expand(`${go}\ngenerators: [{list: {elements: [{nm: a}]}}]\ntemplate: {metadata: {name: '{{.nm}}', labels: {'l-{{.nm}}': '{{.nm}}'}}, spec: {source: {path: p, directory: {recurse: true}}}}`)
    expect(applications[0]).toMatchObject({ metadata: { labels: { 'l-a': 'a' }, namespace: 'argocd' }, spec: { source: { directory: { recurse: true } } } })
  })
  test('templatePatch: merged, lists replaced, the project kept', () => {
    const { applications, problems } = expand(`${go}\ngenerators: [{list: {elements: [{nm: a, files: [x, z]}]}}]
templatePatch: |
  metadata: {finalizers: [two]}
  spec:
    project: stolen
    source:
      helm:
        valueFiles:
        {{- range .files }}
        - {{ . }}.yaml
        {{- end }}
template: {metadata: {name: '{{.nm}}', finalizers: [one]}, spec: {project: own, source: {path: p, helm: {valueFiles: [old], releaseName: r}}}}`)
    expect(problems).toEqual([])
    expect(applications[0]).toMatchObject({
      metadata: { finalizers: ['one', 'two'] }, spec: { project: 'own', source: { path: 'p', helm: { valueFiles: ['x.yaml', 'z.yaml'], releaseName: 'r' } } },
    })
  })
  test("Argo CD's own functions", () => {
    expect(made(`${go}\ngenerators: [{list: {elements: [{nm: 'Feat_X/Long.Name', m: {b: 1, a: [x]}}]}}]\n${template('{{normalize .nm}}', '{{slugify 8 true .nm}} {{ .m | toYaml | nindent 2 | quote }} {{ (fromYaml "a: 1").a }} {{ index (fromYamlArray "[1, 2]") 1 }}')}`))
      .toEqual([`feat-x-long.name feat-x ${String.raw`"\n  a:\n  - x\n  b: 1"`} 1 2`])
  })
})

describe('what is wrong', () => {
  test('has its place', () => {
    expect(expand(`${go}\ngenerators: [{list: {elements: [{nm: a}]}}]\n${template('{{.nm}}', '{{.nope}}')}`).problems[0]?.path).toEqual(['spec', 'template', 'spec', 'source', 'path'])
    expect(expand(`${go}\ngenerators: [{list: {elements: [{nm: a}]}}]\ntemplatePatch: '{{.nope}}'\n${template('{{.nm}}', 'p')}`).problems[0]?.path).toEqual(['spec', 'templatePatch'])
  })
  test.each([
    ['missing key', `${go}\ngenerators: [{list: {elements: [{nm: a}]}}]\n${template('{{.nope}}', 'p')}`, 'map has no entry for key "nope"'],
    ['broken template', `goTemplate: true\ngenerators: [{list: {elements: [{nm: a}]}}]\n${template('{{.nm', 'p')}`, 'not closed'],
    ['unknown generator', `generators: [{gitt: {}}]\n${template('a', 'p')}`, 'unknown generator "gitt"'],
    ['no generators', template('a', 'p'), 'no generators'],
    ['unknown option', `goTemplate: true\ngoTemplateOptions: [missing=1]\ngenerators: [{list: {elements: [{nm: a}]}}]\n${template('a', 'p')}`, 'unknown entry of goTemplateOptions'],
    ['the same name twice', `generators: [{list: {elements: [{nm: a}, {nm: b}]}}]\n${template('same', 'p')}`, 'called same'],
    ['no name', `generators: [{list: {elements: [{nm: a}]}}]\ntemplate: {metadata: {}, spec: {}}`, 'has no name'],
    ['broken elementsYaml', `generators: [{list: {elementsYaml: '{'}}]\n${template('a', 'p')}`, 'not YAML'],
    ['fasttemplate without an end', `generators: [{list: {elements: [{nm: a}]}}]\n${template('{{nm}} {{nm', 'p')}`, 'not closed'],
  ])('%s', (_, spec, message) => {
    expect(expand(spec).problems.map((problem) => problem.message).join('\n')).toContain(message)
  })
})
