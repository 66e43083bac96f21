import { loadStrictDocument } from '../pipeline/load-strict-document.ts'
import { platformConfigurationSchema, type PlatformConfiguration } from './platform-configuration.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the platform team's file is mounted unless PRESYNC_PLUGIN_CONFIG says otherwise. */
export const defaultConfigurationPath = '/home/argocd/presync/config.yaml'

/** What the platform says, or why that cannot be known: then nothing may pass. */
export type LoadedPlatform = { readonly platform: PlatformConfiguration } | { readonly problems: readonly string[] }

/** Reads the mounted file, then the sidecar's own variables on top. None of their names starts with what Argo CD lets an application set. */
export function loadPlatform(environment: Environment): LoadedPlatform {
  const said = environment['PRESYNC_PLUGIN_CONFIG'] ?? ''
  const named = said === '' ? undefined : said
  const { value, problems } = loadStrictDocument(named ?? defaultConfigurationPath, platformConfigurationSchema)
  if (problems.length > 0) return { problems: problems.map(({ message, location }) => `${location === undefined ? '' : `${location.file}:${location.line}:${location.column}: `}${message}`) }
  if (value === undefined && named !== undefined) return { problems: [`PRESYNC_PLUGIN_CONFIG names ${named}, which does not exist`] }
  const checked = platformConfigurationSchema.safeParse({ ...value, ...fromEnvironment(environment) })
  if (!checked.success) return { problems: checked.error.issues.map(({ path, message }) => `the sidecar's environment: ${path.join('.')}: ${message}`) }
  return { platform: checked.data }
}

function fromEnvironment(environment: Environment): Record<string, unknown> {
  const said: Record<string, unknown> = {}
  const set = (key: string, variable: string, read: (text: string) => unknown): void => {
    const text = environment[variable]
    if (text !== undefined && text !== '') said[key] = read(text)
  }
  const list = (text: string): readonly string[] => text.split(/[\n,]/).map((entry) => entry.trim()).filter((entry) => entry !== '')
  set('mode', 'PRESYNC_MODE', (text) => text)
  set('policies', 'PRESYNC_POLICY', list)
  set('exceptions', 'PRESYNC_EXCEPTION', list)
  set('policyValues', 'PRESYNC_VALUES_FILE', list)
  set('deadlineSeconds', 'PRESYNC_DEADLINE_SECONDS', Number)
  set('onDeadline', 'PRESYNC_ON_DEADLINE', (text) => text)
  set('log', 'PRESYNC_LOG', (text) => text)
  return said
}
