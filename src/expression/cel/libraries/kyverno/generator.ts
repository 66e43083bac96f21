// kyverno/sdk: cel/libs/generator
import { isJsonArray, isJsonObject, type JsonObject } from '../../../../model/json.ts'
import { fn, type CallContext, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import { toJson } from '../../values/json.ts'
import { failure, type CelValue } from '../../values/value.ts'

const { bool, dyn, list, map, string } = celType

/** Makes a library; where a namespace is given, nothing may be generated into another one. */
function generatorLibrary(ownNamespace: string): CelLibrary {
  const apply = (namespace: string, items: readonly CelValue[], context: CallContext): boolean => {
    if (ownNamespace !== '' && namespace !== ownNamespace) {
      throw failure(`cross-namespace generation denied: policy in "${ownNamespace}" cannot generate into "${namespace}"`)
    }
    if (context.generate === undefined) throw failure('failed to generate resources: nothing can be generated here')
    context.generate(namespace, items.flatMap((item) => expandList(item)))
    return true
  }
  return {
    name: 'generator',
    summary: 'Makes the resources of a generating policy',
    functions: ['generator.apply', 'generator.Apply'].map((name) => fn(name, [string, list(map(string, dyn))], bool, apply)),
  }
}

function expandList(item: CelValue): readonly JsonObject[] {
  const object = toJson(item)
  if (!isJsonObject(object)) throw failure('unsupported native conversion from CEL type')
  const { items } = object
  return isJsonArray(items) ? items.filter((part) => isJsonObject(part)) : [object]
}

/** Makes resources in any namespace. */
export const generator: CelLibrary = generatorLibrary('')

/** Makes resources in one namespace only: what policies of a namespace may do. */
export function namespacedGenerator(namespace: string): CelLibrary {
  return generatorLibrary(namespace)
}
