export { formatYaml, formatYamlStream } from './format-yaml.ts'
export { isKubernetesObject, parseManifests, type ManifestDocument, type ManifestLimits, type ParsedManifests } from './parse-manifests.ts'
export { toResourceId } from './to-resources.ts'
