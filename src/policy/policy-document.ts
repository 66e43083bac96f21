import type { PolicyDocument } from '../model/policy-document.ts'
import type { PolicySource } from './policy-source.ts'
import { objectField, optional, textField, textMapField } from './read-fields.ts'

/** What every policy kind has in common, read from its document. */
export function readPolicyDocument(source: PolicySource): PolicyDocument {
  const metadata = objectField(source.object, 'metadata') ?? {}
  return {
    apiVersion: textField(source.object, 'apiVersion') ?? '',
    name: textField(metadata, 'name') ?? '',
    ...optional('namespace', textField(metadata, 'namespace')),
    labels: textMapField(metadata, 'labels'),
    annotations: textMapField(metadata, 'annotations'),
    document: source.object,
    ...optional('source', source.source),
    locate: (path) => source.locate(path),
  }
}
