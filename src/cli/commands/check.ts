import { defineCommand } from '../command.ts'

/** `presync check`: the main job. */
export const checkCommand = defineCommand({
  summary: 'render what Argo CD would apply, evaluate policies on it, and say what would be refused',
  arguments: '[path...]',
  options: [
    'base', 'full', 'show-diff', 'baseline', 'shard', 'policy', 'exception', 'mode', 'fail-on', 'strict', 'values-file', 'set', 'userinfo', 'cluster', 'kubeconfig', 'context', 'namespace', 'cluster-snapshot', 'crd-path', 'application', 'repository', 'clusters',
    'app-name', 'kube-version', 'api-versions', 'network', 'helm', 'kustomize', 'jsonnet', 'cache', 'allow-empty', 'offline',
    'output', 'query', 'all', 'config', 'no-color', 'verbose',
  ],
  examples: ['presync check', 'presync check --base origin/main', 'presync check apps -p policies --mode enforce', 'presync check apps -p builtin:pod-security-restricted -o sarif=report.sarif',
    'presync check --shard 2/5 -o shard=shard-2.json', "presync check --query 'results[?blocking].resource.name'"],
  run: async (invocation) => {
    const { shard } = invocation.options
    return shard === undefined ? (await import('../actions/check.ts')).runCheck(invocation) : (await import('../actions/check-shard.ts')).runCheckShard(invocation, shard)
  },
})
