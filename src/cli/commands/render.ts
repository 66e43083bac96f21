import { defineCommand } from '../command.ts'

/** `presync render`: what Argo CD would apply. */
export const renderCommand = defineCommand({
  summary: 'print what Argo CD would apply, one document a resource',
  arguments: '[path...]',
  options: ['namespace', 'application', 'repository', 'clusters', 'crd-path', 'app-name', 'kube-version', 'api-versions', 'network', 'helm', 'kustomize', 'jsonnet', 'cache', 'allow-empty', 'render-output', 'config', 'no-color', 'verbose'],
  examples: ['presync render charts/shop -n shop', 'presync render --application shop', 'presync render apps | kubectl diff -f -'],
  run: async (invocation) => (await import('../actions/render.ts')).runRender(invocation),
})
