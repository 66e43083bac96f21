import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { withUnpackedApplication, type UnpackedApplication } from '../pipeline/unpack-application.ts'
import { stringifyJson } from '../values/json-text.ts'
import { generate, type PluginAnswer, type PluginProcess } from './generate.ts'

/** What stands for the commit, which a working tree has not. */
const revision = '0000000000000000000000000000000000000000'

/** Shows on a laptop what the sidecar would get for an Application and what Argo CD would make of its answer. */
export async function develop(file: string, plugin: PluginProcess): Promise<PluginAnswer> {
  const answered = await withUnpackedApplication(file, async (unpacked) => {
    const env = { ...plugin.env, ...requestEnvironment(unpacked) }
    return { unpacked, answer: await generate({ ...plugin, env, cwd: unpacked.folder }) }
  })
  if ('failure' in answered) return { exitCode: 2, stdout: '', stderr: `presync: ${answered.failure}\n` }
  const { unpacked: { application }, answer } = answered
  return answer.exitCode === 0 ? answer : { ...answer, stderr: `${answer.stderr}\n${asArgoShows(application.name, answer)}` }
}

function asArgoShows(name: string, { exitCode, stderr }: PluginAnswer): string {
  return 'Argo CD would show (ComparisonError, sync status Unknown, nothing applied):\n'
    + `  Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = CMP processing failed for application "${name}": `
    + `error generating manifests in cmp: rpc error: code = Unknown desc = error generating manifests: \`presync cmp generate\` failed exit status ${exitCode}: ${stderr.trim().replaceAll('\n', ' ')}\n`
}

/** The variables of a request, as argocd-repo-server sets them. */
function requestEnvironment({ application, source }: UnpackedApplication): Readonly<Record<string, string>> {
  const plugin = source.plugin ?? {}
  const base = {
    ARGOCD_APP_NAME: application.name, ARGOCD_APP_NAMESPACE: application.destination.namespace, ARGOCD_APP_PROJECT_NAME: application.project === '' ? 'default' : application.project,
    ARGOCD_APP_REVISION: revision, ARGOCD_APP_REVISION_SHORT: revision.slice(0, 7), ARGOCD_APP_REVISION_SHORT_8: revision.slice(0, 8),
    ARGOCD_APP_SOURCE_REPO_URL: source.repoURL, ARGOCD_APP_SOURCE_PATH: source.path ?? '', ARGOCD_APP_SOURCE_TARGET_REVISION: source.targetRevision,
  }
  const parameters = listOf(plugin['parameters'])
  return {
    ...base,
    ...Object.fromEntries(listOf(plugin['env']).map((entry) => [`ARGOCD_ENV_${text(entry['name'])}`, substitute(text(entry['value']), base)])),
    ARGOCD_APP_PARAMETERS: parameters.length === 0 ? 'null' : stringifyJson(parameters),
  }
}

/** Go's os.Expand with the request's own variables; unknown ones become empty. */
function substitute(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replace(/\$(?:\$|\{([^}]*)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare
    if (whole === '$$') return '$'
    return name !== undefined && Object.hasOwn(variables, name) ? variables[name] ?? '' : ''
  })
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : []
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
