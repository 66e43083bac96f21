// apiextensions-apiserver pkg/apis/apiextensions/v1/defaults.go

import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillZero, isEmpty, objectAt, objectsAt, textAt } from '../draft.ts'

const definition: DefaultsRule = (draft) => {
  const status = ensureObject(draft, 'status')
  const stored = objectsAt(objectAt(draft, 'spec'), 'versions').find((version) => version['storage'] === true)
  if (stored !== undefined && isEmpty(status['storedVersions'])) status['storedVersions'] = [textAt(stored, 'name')]
}

const definitionSpec: DefaultsRule = (spec) => {
  const names = ensureObject(spec, 'names')
  const kind = textAt(names, 'kind')
  fillZero(names, 'singular', kind.toLowerCase())
  if (kind !== '') fillZero(names, 'listKind', `${kind}List`)
}

export const apiextensionsDefaults = {
  'apiextensions.v1.CustomResourceDefinition': definition,
  'apiextensions.v1.CustomResourceDefinitionSpec': definitionSpec,
} as const satisfies Record<string, DefaultsRule>
