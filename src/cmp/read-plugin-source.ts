import { isJsonArray, isJsonObject } from '../model/json.ts'
import type { ReadPluginSource } from '../pipeline/applications/resolve-application.ts'
import { stringifyJson } from '../values/json-text.ts'
import { readPluginRequest } from './environment.ts'
import { readParameterValues } from './parameters.ts'
import { chooseType, findOptionProblems, toRenderOptions } from './source-options.ts'

/** `presync` or, where plugin.yaml names a version, `presync-v1`. A block without a name is for whichever plugin recognises the folder. */
const ownName = /^presync(?:-v?\d[\w.+-]*)?$/

/** Reads the plugin block of an Application that names presync as the plugin itself reads what Argo CD makes of it. */
export const readPluginSource: ReadPluginSource = (plugin, { name, project, destination }) => {
  const { name: pluginName, parameters, env } = plugin
  if (typeof pluginName !== 'string' || !ownName.test(pluginName)) return undefined
  const variables = isJsonArray(env) ? env.filter(isJsonObject).map((entry) => [`ARGOCD_ENV_${String(entry['name'])}`, String(entry['value'] ?? '')]) : []
  const request = readPluginRequest({
    ...Object.fromEntries(variables) as Record<string, string>, ARGOCD_APP_NAME: name, ARGOCD_APP_PROJECT_NAME: project, ARGOCD_APP_NAMESPACE: destination.namespace,
    ARGOCD_APP_PARAMETERS: stringifyJson(parameters ?? null),
  })
  const { values, problems } = readParameterValues(request.parameters)
  const all = [...request.problems, ...problems, ...findOptionProblems(values)]
  if (all.length > 0) return { problems: all }
  const { helm, kustomize, directory } = toRenderOptions(request, values, { network: false, timeoutMs: 0 })
  const type = chooseType(values)
  return {
    ...(type === undefined ? {} : { type }),
    options: { ...(helm === undefined ? {} : { helm }), ...(kustomize === undefined ? {} : { kustomize }), ...(directory === undefined ? {} : { directory }) },
  }
}
