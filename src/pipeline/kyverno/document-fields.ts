// Kyverno: cmd/cli/kubectl-kyverno/apis/v1alpha1
import type { Fields } from './decode-fields.ts'

const objectMeta: Fields = {
  name: 'text', generateName: 'text', namespace: 'text', selfLink: 'text', uid: 'text', resourceVersion: 'text', generation: 'integer', creationTimestamp: 'any',
  deletionTimestamp: 'any', deletionGracePeriodSeconds: 'integer', labels: { map: 'text' }, annotations: { map: 'text' }, ownerReferences: 'any', finalizers: 'texts', managedFields: 'any',
}

const apiResource: Fields = {
  name: 'text', singularName: 'text', namespaced: 'flag', group: 'text', version: 'text', kind: 'text', verbs: 'texts', shortNames: 'texts', categories: 'texts', storageVersionHash: 'text',
}

/** A Values document without its heading; inline it is `values`. */
export const valuesFields: Fields = {
  globalValues: 'object',
  policies: { list: {
    name: 'text', resources: { list: { name: 'text', values: 'object' } }, rules: { list: { name: 'text', values: 'object', foreachValues: 'object' } },
  } },
  namespaceSelector: { list: { name: 'text', labels: { map: 'text' } } },
  namespaces: { list: { apiVersion: 'text', kind: 'text', metadata: { fields: objectMeta }, spec: 'object', status: 'object' } },
  subresources: { list: { subresource: { fields: apiResource }, parentResource: { fields: apiResource } } },
}

/** The heading of the command line's own documents. */
export const headingFields: Fields = { apiVersion: 'text', kind: 'text', metadata: { fields: objectMeta } }
