import type { JsonObject, JsonValue } from '../../../model/json.ts'
import { celType } from '../types/cel-type.ts'
import type { CelType } from '../types/type.ts'
import { toJson } from './json.ts'
import { CelMessage, type CelValue } from './value.ts'

/** A message whose fields are computed when they are read, each once: a policy's `variables`. */
export class LazyMessage extends CelMessage {
  readonly type: CelType
  private readonly compute: (field: string) => CelValue | undefined
  private readonly known = new Map<string, CelValue | undefined>()

  /** `compute` returns undefined for fields that are not there; what it throws is not remembered. */
  constructor(name: string, compute: (field: string) => CelValue | undefined) {
    super()
    this.type = celType.object(name)
    this.compute = compute
  }

  get(field: string): CelValue | undefined {
    if (this.known.has(field)) return this.known.get(field)
    const value = this.compute(field)
    this.known.set(field, value)
    return value
  }

  equals(other: CelValue): boolean {
    return this === other
  }

  /** The fields that were read. */
  toJson(): JsonObject {
    const fields = Array.from(this.known).flatMap(([name, value]) => (value === undefined ? [] : [[name, toJson(value)] as const]))
    return Object.fromEntries<JsonValue>(fields)
  }
}
