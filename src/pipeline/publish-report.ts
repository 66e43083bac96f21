import { openKubeApi, type KubeApiOptions } from '../io/kube-api.ts'
import { KnownError } from '../model/errors.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { objectPath } from './cluster-loader.ts'

/** Writes a PolicyReport to the cluster; what went wrong comes back in words, because a report that cannot be written must not stop anything. */
export async function publishReport(report: JsonObject, options: KubeApiOptions = {}): Promise<string | undefined> {
  const metadata = report['metadata']
  const [namespace, name] = isJsonObject(metadata) ? [String(metadata['namespace'] ?? ''), String(metadata['name'] ?? '')] : ['', '']
  try {
    const api = await openKubeApi(options)
    await api.apply(objectPath(String(report['apiVersion']), 'policyreports', namespace, name), report)
    return undefined
  } catch (error) {
    if (error instanceof KnownError) return `the report was not written to the cluster: ${error.message}`
    throw error
  }
}
