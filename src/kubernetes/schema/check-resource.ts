import type { JsonObject } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { describeApiVersionLife, findApiVersionLife } from '../api-versions.ts'
import { knownKinds } from '../kinds.ts'
import { readObjectKind, type ObjectKind } from './object-kind.ts'
import { schemaCatalog, type SchemaCatalog } from './schema-catalog.ts'
import type { SchemaViolationCode } from './schema-violation.ts'
import { closestName } from '../../values/closest-name.ts'
import { validateObject } from './validate-object.ts'

export type ResourceProblemCode = SchemaViolationCode | 'REMOVED_API_VERSION' | 'DEPRECATED_API_VERSION' | 'UNKNOWN_API_VERSION' | 'UNKNOWN_KIND'

/** Something that a Kubernetes version has against a resource: an error refuses it, a warning does not yet. */
export interface ResourceProblem {
  readonly code: ResourceProblemCode
  readonly severity: 'error' | 'warning'
  readonly path: FieldPath
  readonly message: string
}

export interface ResourceCheckOptions {
  /** `1.33` or `v1.33.4`. */
  readonly kubeVersion: string
  /** Schemas of custom resources found in the input; those of `kubeVersion` when absent. */
  readonly catalog?: SchemaCatalog
  /** Whether fields that no schema declares count: the API server drops them in silence, and with them what somebody meant. */
  readonly strict?: boolean
}

/** What a Kubernetes version has against a resource: its API version's life, and its schema. Resources of unknown kinds have nothing against them. */
export function checkResource(object: JsonObject, { kubeVersion, catalog, strict = false }: ResourceCheckOptions): readonly ResourceProblem[] {
  const id = readObjectKind(object)
  const schema = (catalog ?? schemaCatalog(kubeVersion)).find(id.group, id.version, id.kind)
  const problems = schema?.custom === true ? [] : [...findVersionProblems(id, kubeVersion, schema !== undefined)]
  if (schema === undefined) return problems
  for (const { code, path, message } of validateObject(schema, object, { unknownFields: strict })) problems.push({ code, severity: 'error', path, message })
  return problems
}

function findVersionProblems(id: ObjectKind, kubeVersion: string, known: boolean): readonly ResourceProblem[] {
  const life = findApiVersionLife(id.group, id.version, id.kind, kubeVersion)
  if (life === undefined) return known ? [] : findMisspeltKind(id, kubeVersion)
  const about = { path: ['apiVersion'], message: describeApiVersionLife(id, life, kubeVersion) } as const
  switch (life.state) {
    case 'served':
      return []
    case 'deprecated':
      return [{ code: 'DEPRECATED_API_VERSION', severity: 'warning', ...about }]
    case 'removed':
      return [{ code: 'REMOVED_API_VERSION', severity: 'error', ...about }]
    case 'absent':
      return [{ code: 'UNKNOWN_API_VERSION', severity: 'error', ...about }]
  }
}

/** A kind that a group of Kubernetes' own does not have. Lists of a kind have no schema, but exist. */
function findMisspeltKind({ group, version, kind }: ObjectKind, kubeVersion: string): readonly ResourceProblem[] {
  if (!/^v\d/.test(version)) return []
  const kinds = [...knownKinds().all()].filter((facts) => facts.group === group && facts.versions.some(({ builtIn }) => builtIn === true)).map((facts) => facts.kind)
  if (kinds.length === 0 || kinds.includes(kind) || kind.endsWith('List')) return []
  const suggestion = closestName(kind, kinds)
  const message = `Kubernetes ${kubeVersion} has no kind "${kind}" in ${group === '' ? 'the core group' : group}${suggestion === undefined ? '' : `: do you mean "${suggestion}"?`}`
  return [{ code: 'UNKNOWN_KIND', severity: 'error', path: ['kind'], message }]
}
