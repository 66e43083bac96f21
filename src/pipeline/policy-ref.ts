import type { Policy } from '../model/policy.ts'
import type { PolicyRef } from '../model/result.ts'

/** A policy as reports name it. */
export function toPolicyRef({ kind, name, namespace, source, annotations }: Policy): PolicyRef {
  return { kind, name, annotations, ...(namespace === undefined ? {} : { namespace }), ...(source === undefined ? {} : { source }) }
}
