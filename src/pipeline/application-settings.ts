import type { ApplicationSettings } from '../ignore-differences/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

/** What an Application, or the template of an ApplicationSet, says about comparing and syncing; options that were given stand beside it. */
export function readApplicationSettings(application: JsonValue | undefined, given: readonly string[]): ApplicationSettings {
  const body = isJsonObject(application) && application['kind'] === 'ApplicationSet' ? at(application, 'spec', 'template') : application
  const annotation = at(body, 'metadata', 'annotations', 'argocd.argoproj.io/compare-options')
  const compareOptions = typeof annotation === 'string' ? annotation.split(',').map((option) => option.trim()) : []
  const syncPolicy = at(body, 'spec', 'syncPolicy')
  const listed = at(syncPolicy, 'syncOptions')
  const options = new Set<unknown>([...compareOptions, ...(isJsonArray(listed) ? listed : []), ...given])
  return {
    serverSideDiff: options.has('ServerSideDiff=true'), includeMutationWebhook: options.has('IncludeMutationWebhook=true'),
    serverSideApply: options.has('ServerSideApply=true'), respectIgnoreDifferences: options.has('RespectIgnoreDifferences=true'),
    selfHeal: at(syncPolicy, 'automated', 'selfHeal') === true,
  }
}

/** Where an Application's resources go that name no namespace; undefined where it does not say. */
export function readDestination(application: JsonValue | undefined): string | undefined {
  const body = isJsonObject(application) && application['kind'] === 'ApplicationSet' ? at(application, 'spec', 'template') : application
  const namespace = at(body, 'spec', 'destination', 'namespace')
  // A template's placeholder is no name yet.
  return typeof namespace === 'string' && /^[a-z0-9-]+$/.test(namespace) ? namespace : undefined
}

function at(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>((place, key) => (isJsonObject(place) && Object.hasOwn(place, key) ? (place as JsonObject)[key] : undefined), value)
}
