/** The options that decide what is rendered. */
export const renderFlags = [
  'namespace', 'app-name', 'kube-version', 'api-versions', 'network', 'helm', 'kustomize', 'jsonnet', 'cache', 'config', 'application', 'repository', 'clusters', 'crd-path',
] as const

/** The options that decide what is checked, and by what. */
export const inputFlags = [...renderFlags, 'policy', 'exception', 'values-file', 'set', 'userinfo', 'allow-empty', 'offline', 'cluster-snapshot'] as const

/** And how it is judged. */
export const checkFlags = [...inputFlags, 'mode', 'fail-on', 'strict'] as const
