import { isJsonArray, isJsonObject, type JsonObject } from '../../../model/json.ts'

/** The generators inside of a matrix or merge generator. */
export function nestedGenerators({ generators }: JsonObject): readonly JsonObject[] {
  return isJsonArray(generators) ? generators.filter(isJsonObject) : []
}
