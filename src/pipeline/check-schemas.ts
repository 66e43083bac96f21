import { checkResource, type ResourceProblemCode } from '../kubernetes/schema/check-resource.ts'
import { schemaCatalog, withCustomResources } from '../kubernetes/schema/schema-catalog.ts'
import type { Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import { defaultKubeVersion } from '../render/index.ts'
import { formatFieldPath } from '../report/index.ts'

/** Problems whose words name the field or concern the whole resource. */
const saysWhere: ReadonlySet<ResourceProblemCode> = new Set(['UNKNOWN_FIELD', 'REMOVED_API_VERSION', 'DEPRECATED_API_VERSION', 'UNKNOWN_API_VERSION', 'UNKNOWN_KIND'])

/** For which cluster resources are meant, and CustomResourceDefinitions besides those among them. */
export interface CheckSchemasOptions {
  readonly kubeVersion: string | undefined
  readonly definitions: readonly Resource[]
}

/**
 * Holds resources against the schemas of a Kubernetes version and of CustomResourceDefinitions, those among `resources` included. What the API server
 * refuses is an error; a field that it drops in silence is a warning, which `--strict` makes count.
 */
export function createSchemaCheck(resources: readonly Resource[], { kubeVersion = defaultKubeVersion, definitions }: CheckSchemasOptions): (resource: Resource) => readonly Problem[] {
  const custom = [...definitions, ...resources].filter(({ id }) => id.kind === 'CustomResourceDefinition').map(({ object }) => object)
  const catalog = custom.length === 0 ? schemaCatalog(kubeVersion) : withCustomResources(schemaCatalog(kubeVersion), custom)
  return (resource) => checkResource(resource.object, { kubeVersion, catalog, strict: true }).map(({ code, severity, path, message }): Problem => {
    const location = resource.locate(path) ?? resource.source
    return {
      code, severity: code === 'UNKNOWN_FIELD' ? 'warning' : severity, message: `${called(resource)}: ${saysWhere.has(code) ? '' : `${formatFieldPath(path)} `}${message}`, ...(location === undefined ? {} : { location }),
    }
  })
}

function called({ id: { kind, namespace, name } }: Resource): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}
