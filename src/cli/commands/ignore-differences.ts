import { defineCommand } from '../command.ts'

/** `presync ignore-differences`: what ends the fight between Argo CD and Kyverno. */
export const ignoreDifferencesCommand = defineCommand({
  summary: "predict what Kyverno changes in the cluster, and print the narrowest entries for Argo CD's ignoreDifferences, each with its reason and proved",
  arguments: '[path...]',
  options: [
    'policy', 'exception', 'values-file', 'set', 'userinfo', 'namespace', 'kyverno-version', 'argocd-version', 'application-option', 'live',
    'app-name', 'kube-version', 'api-versions', 'network', 'helm', 'kustomize', 'jsonnet', 'cache', 'repository', 'clusters', 'crd-path', 'cluster-snapshot', 'allow-empty', 'offline',
    'write', 'application', 'prune', 'by-name', 'settle', 'no-verify', 'ignore-output', 'config', 'no-color', 'verbose',
  ],
  examples: [
    'presync ignore-differences apps/shop -p policies', 'presync ignore-differences apps/shop -p policies --write argocd/shop.yaml --prune',
    'presync ignore-differences kyverno-policies --kyverno-version 1.7', 'presync ignore-differences apps/shop -p policies --settle',
  ],
  run: async (invocation) => (await import('../actions/ignore-differences.ts')).runIgnoreDifferences(invocation),
})
