import type { OptionName } from './options.ts'

/** The options of `presync apply`: Kyverno's, with their letters. */
export const applyFlags = [
  'resource', 'resources', 'json', 'target-resource', 'target-resources', 'parameter-resource', 'apply-exception', 'exceptions', 'exceptions-with-resources', 'exceptions-within-resources',
  'exceptions-within-policies', 'apply-values-file', 'apply-set', 'apply-userinfo', 'context-file', 'crd-paths', 'apply-crd-path', 'git-branch', 'audit-warn', 'warn-exit-code', 'warn-no-pass',
  'policy-report', 'output-format', 'apply-output', 'apply-table', 'detailed-results', 'stdin', 'generate-exceptions', 'generated-exception-ttl', 'continue-on-fail', 'compat',
  'apply-cluster', 'kubeconfig', 'context', 'cluster-namespace', 'cluster-wide-resources', 'registry', 'remove-color', 'no-color',
] as const satisfies readonly OptionName[]

export type ApplyFlag = (typeof applyFlags)[number]
