import type { RenderTools } from '../../src/render/index.ts'

/** The real programs that scripts/test-tools.mjs found for the tests; undefined ones are not there, and what needs them is skipped. */
export const renderTools: RenderTools = {
  ...tool('helm', 'PRESYNC_TEST_HELM'), ...tool('kustomize', 'PRESYNC_TEST_KUSTOMIZE'), ...tool('jsonnet', 'PRESYNC_TEST_JSONNET'),
}

function tool(name: string, variable: string): Record<string, string> {
  const path = process.env[variable]
  return path === undefined || path === '' ? {} : { [name]: path }
}
