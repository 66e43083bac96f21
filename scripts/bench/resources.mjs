// Resources like those of a large repository: mostly Deployments, some good, some not; about 870 bytes each as YAML.

/** The YAML of resource number `index`. */
function resource(index) {
  const name = `app-${String(index).padStart(5, '0')}`
  const labels = `app.kubernetes.io/name: ${name}`
  const hardened = index % 3 !== 0
  const pod = (indent) => podSpec(name, hardened, index).map((line) => indent + line).join('\n')
  if (index % 5 === 4) {
    return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: team-${index % 20}\n  labels:\n    ${labels}\nspec:\n${pod('  ')}\n`
  }
  return `apiVersion: apps/v1\nkind: ${index % 7 === 6 ? 'StatefulSet' : 'Deployment'}\nmetadata:\n  name: ${name}\n  namespace: team-${index % 20}\n  labels:\n    ${labels}
spec:\n  replicas: ${1 + (index % 4)}\n  selector:\n    matchLabels:\n      ${labels}\n  template:\n    metadata:\n      labels:\n        ${labels}\n    spec:\n${pod('      ')}\n`
}

function podSpec(name, hardened, index) {
  const context = hardened
    ? ['    securityContext:', '      allowPrivilegeEscalation: false', '      runAsNonRoot: true', '      capabilities:', '        drop: [ALL]']
    : ['    securityContext:', `      privileged: ${index % 6 === 0}`]
  return [
    ...(hardened ? ['securityContext:', '  seccompProfile:', '    type: RuntimeDefault'] : []),
    'containers:', `  - name: ${name}`, `    image: registry.example.com/team-${index % 20}/${name}:1.${index % 30}.0`,
    '    ports:', '      - containerPort: 8080', ...context,
    '    resources:', '      requests:', '        cpu: 100m', '        memory: 128Mi', '      limits:', '        memory: 256Mi',
    '    env:', '      - name: LOG_LEVEL', '        value: info',
    'volumes:', '  - name: config', '    configMap:', `      name: ${name}`,
  ]
}

/** `count` resources as one YAML stream. */
export function resources(count) {
  return Array.from({ length: count }, (_, index) => resource(index)).join('---\n')
}
