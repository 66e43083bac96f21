import { matchesWildcard } from '../values/wildcard.ts'
import type { Mode } from '../model/report.ts'
import type { ParameterValues } from './parameters.ts'
import type { PlatformConfiguration, PlatformSettings } from './platform-configuration.ts'

/** What a run does, once platform and application have had their say. */
export interface PluginSettings {
  readonly mode: Mode
  /** Named by the platform: paths of the sidecar. */
  readonly platformPolicies: readonly string[]
  /** Named by the application: paths inside its repository, or builtin. */
  readonly repositoryPolicies: readonly string[]
  readonly platformExceptions: readonly string[]
  readonly repositoryExceptions: readonly string[]
  readonly platformValues: readonly string[]
  readonly repositoryValues: readonly string[]
  readonly allowEmpty: boolean
  readonly remoteBases: boolean
  /** The application's own ConfigMaps and Namespaces answer look-ups. */
  readonly repositoryLookups: boolean
  readonly applyMutations: boolean
  readonly reportManifest: boolean
  readonly reportCluster: boolean
  readonly ignoreDifferences: 'off' | 'report' | 'annotate'
  readonly deadlineMilliseconds: number
  readonly onDeadline: 'refuse' | 'allow'
  readonly log: 'text' | 'json'
  /** What the application asked for and did not get, each with the reason; for the log. */
  readonly refused: readonly string[]
}

const strictness: Readonly<Record<Mode, number>> = { audit: 0, policy: 1, enforce: 2 }

/**
 * The trust rule in one place: the platform decides, the application can add and tighten; what would loosen is refused unless the platform's
 * `allow` names it, and refusing is said, never silent.
 */
export function decideSettings(platform: PlatformConfiguration, project: string, wanted: ParameterValues): PluginSettings {
  const settings = fillIn(settingsForProject(platform, project))
  const refused: string[] = []
  return {
    ...decideInputs(settings, wanted, refused),
    mode: decideMode(settings, wanted.mode, refused),
    allowEmpty: settings.allow.emptyOutput === true, remoteBases: settings.allow.remoteBases === true, repositoryLookups: settings.allow.lookups === true,
    applyMutations: settings.applyMutations || isGranted('applyMutations', settings.allow.applyMutations, wanted.applyMutations === true, refused),
    reportManifest: settings.reportManifest ?? wanted.reportManifest ?? false,
    reportCluster: settings.reportCluster,
    ignoreDifferences: settings.ignoreDifferences ?? wanted.ignoreDifferences ?? 'off',
    deadlineMilliseconds: (platform.deadlineSeconds ?? 45) * 1000, onDeadline: platform.onDeadline ?? 'refuse', log: platform.log ?? 'text',
    refused,
  }
}

/** What holds where the platform says nothing: everything closed. */
const unsaid = {
  mode: 'policy' as Mode, policies: [] as string[], exceptions: [] as string[], policyValues: [] as string[], repositoryPolicies: true as boolean,
  allow: {} as NonNullable<PlatformSettings['allow']>, applyMutations: false as boolean, reportCluster: false as boolean,
}

/** A key that is set to undefined counts as unsaid. */
function fillIn(said: PlatformSettings): SaidSettings {
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
  return { ...unsaid, ...given }
}

type SaidSettings = Omit<PlatformSettings, keyof typeof unsaid> & typeof unsaid

type Inputs = Pick<PluginSettings, 'platformPolicies' | 'repositoryPolicies' | 'platformExceptions' | 'repositoryExceptions' | 'platformValues' | 'repositoryValues'>

function decideInputs(settings: SaidSettings, wanted: ParameterValues, refused: string[]): Inputs {
  const { policies = [], exceptions = [], policyValues = [] } = wanted
  const granted = (what: string, allowed: boolean | undefined, paths: readonly string[]): readonly string[] =>
    isGranted(`${what} of the application's repository`, allowed, paths.length > 0, refused) ? paths : []
  return {
    platformPolicies: settings.policies, repositoryPolicies: granted('policies', settings.repositoryPolicies, policies),
    platformExceptions: settings.exceptions, repositoryExceptions: granted('PolicyExceptions', settings.allow.exceptions, exceptions),
    platformValues: settings.policyValues, repositoryValues: granted('values for policies', settings.allow.policyValues, policyValues),
  }
}

function isGranted(what: string, allowed: boolean | undefined, asked: boolean, refused: string[]): boolean {
  if (asked && allowed !== true) refused.push(`${what}: the platform's configuration does not allow it`)
  return asked && allowed === true
}

function decideMode({ mode, allow }: SaidSettings, wanted: Mode | undefined, refused: string[]): Mode {
  if (wanted === undefined || strictness[wanted] >= strictness[mode] || allow.mode === true) return wanted ?? mode
  refused.push(`mode ${wanted}: weaker than the platform's mode ${mode}`)
  return mode
}

/** Later entries win over earlier ones; the exact name wins over wildcards. `allow` and lists are replaced, not merged, so that a project's entry says all. */
function settingsForProject(platform: PlatformConfiguration, project: string): PlatformSettings {
  const { projects = {}, deadlineSeconds: _, onDeadline: __, log: ___, ...base } = platform
  const matching = Object.entries(projects).filter(([pattern]) => pattern !== project && matchesWildcard(pattern, project)).map(([, entry]) => entry)
  const exact = Object.hasOwn(projects, project) ? [projects[project] ?? {}] : []
  return [...matching, ...exact].reduce<PlatformSettings>((settings, entry) => ({ ...settings, ...entry }), base)
}
