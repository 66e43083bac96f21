// Reads CustomResourceDefinitions below folders of a module.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { stripSchema } from './strip-schema.mjs'

/** One entry a served version: `{ group, version, kind, plural, scope, schema, preferred }`. */
export function readCrds(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.yaml')).sort()
    .flatMap((name) => loadAll(readFileSync(join(folder, name), 'utf8')))
    .filter((document) => document?.kind === 'CustomResourceDefinition')
    .flatMap(({ spec }) => spec.versions.filter(({ served }) => served).map((version) => ({
      group: spec.group, version: version.name, kind: spec.names.kind, plural: spec.names.plural, scope: spec.scope,
      schema: {
        ...stripSchema(version.schema?.openAPIV3Schema ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
        ...(version.subresources?.status === undefined ? {} : { 'x-status-subresource': true }),
      },
    })))
}
