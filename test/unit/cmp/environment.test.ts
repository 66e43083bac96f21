import { expect, test } from 'vitest'
import { readPluginRequest } from '../../../src/cmp/environment.ts'

test('reads what Argo CD sets', () => {
  const request = readPluginRequest({
    ARGOCD_APP_NAME: 'team_shop', ARGOCD_APP_PROJECT_NAME: 'retail', ARGOCD_APP_NAMESPACE: 'shop', ARGOCD_APP_REVISION: 'abc', KUBE_VERSION: '1.33.2',
    KUBE_API_VERSIONS: 'apps/v1,apps/v1/Deployment', ARGOCD_APP_SOURCE_PATH: 'apps/shop', ARGOCD_ENV_STAGE: 'prod', ARGOCD_ENV_: '', PRESYNC_MODE: 'enforce',
    ARGOCD_APP_PARAMETERS: '[{"name":"mode","string":"audit"},{"array":["a","b"],"name":"policies"},{"map":{"x.y":"1"},"name":"helm-parameters"},{"name":"mode","string":"enforce"}]',
  })
  expect(request).toMatchObject({
    application: 'team_shop', project: 'retail', namespace: 'shop', kubeVersion: '1.33.2', apiVersions: ['apps/v1', 'apps/v1/Deployment'], env: { STAGE: 'prod' },
    source: { path: 'apps/shop', repoURL: '' }, problems: [],
  })
  expect(request.parameters).toEqual([
    { name: 'mode', kind: 'string', value: 'enforce' }, { name: 'policies', kind: 'array', value: ['a', 'b'] }, { name: 'helm-parameters', kind: 'map', value: { 'x.y': '1' } },
  ])
})

test.each([[undefined], ['null'], ['[]'], ['']])('%j means no parameters', (text) => {
  expect(readPluginRequest({ ARGOCD_APP_PARAMETERS: text })).toMatchObject({ parameters: [], problems: [], kubeVersion: undefined, apiVersions: [] })
})

test.each([
  ['{', 'not a JSON array'], ['{}', 'not a JSON array'], ['[1]', 'not an object'], ['[{"string":"x"}]', 'no name'], ['[{"name":"x"}]', 'holds neither'],
  ['[{"name":"x","array":[1]}]', 'holds neither'],
])('%s is a problem, not nothing', (text, problem) => {
  expect(readPluginRequest({ ARGOCD_APP_PARAMETERS: text }).problems.join()).toContain(problem)
})
