// Twenty policies that change what is applied: half of them values that Git sets, half of them only add.
const policy = (name, mutate, kinds = ['Deployment', 'StatefulSet']) => ({
  apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name }, spec: { rules: [{ name: `${name}-rule`, match: { any: [{ resources: { kinds } }] }, mutate }] },
})
const merge = (patch) => ({ patchStrategicMerge: patch })
const inTemplate = (spec) => merge({ spec: { template: { spec } } })

/** The mutating policies of the bench. */
export const mutatingPolicies = [
  policy('bench-registry', {
    foreach: [{
      list: 'request.object.spec.template.spec.containers',
      patchStrategicMerge: { spec: { template: { spec: { containers: [{ name: '{{ element.name }}', image: "{{ regex_replace_all('^registry.example.com/', element.image, 'mirror.example.com/') }}" }] } } } },
    }],
  }),
  policy('bench-replicas', merge({ spec: { replicas: 3 } })),
  policy('bench-memory', inTemplate({ containers: [{ '(name)': '*', resources: { requests: { memory: '256Mi' } } }] })),
  policy('bench-log-level', inTemplate({ containers: [{ '(name)': '*', env: [{ name: 'LOG_LEVEL', value: 'warn' }] }] })),
  policy('bench-json', { patchesJson6902: '- op: replace\n  path: /spec/template/spec/containers/0/resources/limits/memory\n  value: 512Mi\n' }),
  ...Array.from({ length: 5 }, (_, index) => policy(`bench-label-${index}`, merge({ metadata: { labels: { [`bench.example.com/label-${index}`]: 'yes' } } }))),
  ...Array.from({ length: 5 }, (_, index) => policy(`bench-annotation-${index}`, merge({ spec: { template: { metadata: { annotations: { [`bench.example.com/note-${index}`]: 'yes' } } } } }))),
  policy('bench-node', inTemplate({ nodeSelector: { 'kubernetes.io/os': 'linux' } })),
  policy('bench-dns', inTemplate({ dnsPolicy: 'ClusterFirst' })),
  policy('bench-if-absent', inTemplate({ '+(priorityClassName)': 'normal' })),
  policy('bench-pull', inTemplate({ containers: [{ '(image)': '*:latest', imagePullPolicy: 'Always' }] })),
  policy('bench-pods', merge({ metadata: { labels: { 'bench.example.com/pod': 'yes' } } }), ['Pod']),
]
