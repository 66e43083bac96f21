/**
 * Fields that a rule of `typeDefaults` may change although somebody set them, by the Go type that they belong to. Everything else that is set
 * to something not empty keeps its value when defaults are filled in.
 */
export const rewrittenFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  // A label follows the name.
  ['core.v1.Namespace', new Set(['metadata'])],
  // A negative period becomes one second.
  ['core.v1.PodSpec', new Set(['terminationGracePeriodSeconds'])],
  // Without affinity its configuration goes.
  ['core.v1.ServiceSpec', new Set(['sessionAffinityConfig'])],
])
