import { generateManifests, type GeneratedManifests } from '../pipeline/generate-manifests.ts'
import { publishReport } from '../pipeline/publish-report.ts'
import { SourceTexts } from '../pipeline/source-texts.ts'
import type { Problem } from '../model/errors.ts'
import type { JsonObject } from '../model/json.ts'
import { decide, formatLocation } from '../report/index.ts'
import { stringifyJson } from '../values/json-text.ts'
import { annotate } from './annotate.ts'
import { readPluginRequest, type PluginRequest } from './environment.ts'
import { findRoot } from './find-root.ts'
import { formatLog } from './log.ts'
import { formatMessage, formatRefusal, redactSecrets } from './message.ts'
import { formatManifests } from './output.ts'
import { readParameterValues, type ParameterValues } from './parameters.ts'
import { loadPlatform } from './platform.ts'
import { toReportManifest } from './report-manifest.ts'
import { decideSettings, type PluginSettings } from './settings.ts'
import { chooseType, findOptionProblems, toRenderOptions } from './source-options.ts'

/** What Argo CD starts, as the plugin sees it. */
export interface PluginProcess {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The application's folder in the unpacked repository. */
  readonly cwd: string
  /** Milliseconds since 1970. */
  now(): number
}

/** What the process answers. Either stdout carries manifests and the exit code is 0, or stdout is empty. */
export interface PluginAnswer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Violations, and everything else that keeps manifests back. */
export const refusalCodes = { violations: 1, failed: 2 } as const

/** Renders and judges one application for Argo CD. Whatever is in doubt is refused: an application that is not checked must not pass. */
export async function generate(plugin: PluginProcess): Promise<PluginAnswer> {
  const started = plugin.now()
  const request = readPluginRequest(plugin.env)
  const loaded = loadPlatform(plugin.env)
  if ('problems' in loaded) return fail(request, "the platform's configuration cannot be used", loaded.problems)
  const { values, problems } = readParameterValues(request.parameters)
  const wrong = [...request.problems, ...problems, ...findOptionProblems(values)]
  if (wrong.length > 0) return fail(request, 'its plugin parameters are not understood', wrong)
  const settings = decideSettings(loaded.platform, request.project, values)
  const texts = new SourceTexts()
  const generated = await generateManifests({
    ...findRoot(plugin.cwd, request.source.path), ...chosenType(values), texts, now: started, namespace: request.namespace === '' ? 'default' : request.namespace,
    render: toRenderOptions(request, values, { network: settings.remoteBases, timeoutMs: settings.deadlineMilliseconds }),
    // An application's own policies come on top: they must not push the fallback out.
    policies: settings.platformPolicies.length === 0 ? [fallbackPolicies] : settings.platformPolicies,
    exceptions: settings.platformExceptions, valuesFiles: settings.platformValues,
    repositoryPolicies: settings.repositoryPolicies, repositoryExceptions: settings.repositoryExceptions, repositoryValues: settings.repositoryValues,
    repositoryLookups: settings.repositoryLookups, fights: { applyMutations: settings.applyMutations, ignoreDifferences: settings.ignoreDifferences !== 'off' },
    isExpired: () => plugin.now() - started > settings.deadlineMilliseconds,
  })
  const answered = answer(generated, { request, settings, texts })
  if (!settings.reportCluster) return answered
  const failure = await publishReport(reportWithoutSecrets(generated, { request, settings, texts }))
  // The words of a refusal stay the same from run to run; only the log of a pass says that the report is missing.
  return failure === undefined || answered.exitCode !== 0 ? answered : { ...answered, stderr: `${answered.stderr}presync: ${failure}\n` }
}

/** A report is read by people who must not read Secrets, and so is what Argo CD keeps of it. */
function reportWithoutSecrets({ report, resources, policyDigest, entries }: GeneratedManifests, { request, settings }: Run): JsonObject {
  return JSON.parse(redactSecrets(stringifyJson(toReportManifest(report, request, settings, { policyDigest, entries })), resources)) as JsonObject
}

/** As `presync check` without policies. */
const fallbackPolicies = 'builtin:pod-security-baseline'

function chosenType(values: ParameterValues): { readonly type?: 'Helm' | 'Kustomize' | 'Directory' | 'HelmKustomize' } {
  const type = chooseType(values)
  return type === undefined ? {} : { type }
}

interface Run { readonly request: PluginRequest; readonly settings: PluginSettings; readonly texts: SourceTexts }

function answer(generated: GeneratedManifests, { request, settings, texts }: Run): PluginAnswer {
  const { report, resources, policyDigest, expired } = generated
  const redact = (text: string): string => redactSecrets(text, resources)
  const unusable = findUnusable(generated, settings)
  if (unusable !== undefined) return fail(request, unusable.reason, unusable.lines, redact)
  if (!expired && decide(report, settings.mode) === 'block') {
    return { exitCode: refusalCodes.violations, stdout: '', stderr: `${redact(formatRefusal(report, request.application, settings, policyDigest))}\n` }
  }
  const { objects, notices: said } = settings.ignoreDifferences === 'annotate' ? annotate(generated, request.namespace) : { objects: resources.map(({ object }) => object), notices: [] }
  const notices = [...settings.refused, ...said, ...(expired ? ['time ran out before all policies were evaluated; the platform lets the application pass (onDeadline: allow)'] : [])]
  return {
    exitCode: 0,
    stdout: formatManifests(settings.reportManifest ? [...objects, reportWithoutSecrets(generated, { request, settings, texts })] : objects),
    stderr: redact(formatLog({ ...report, notices: [...report.notices, ...notices] }, { request, settings, entries: generated.entries, sourceText: texts.get })),
  }
}

interface Unusable { readonly reason: string; readonly lines: readonly string[] }

/** What makes the outcome worthless: a source that did not render whole or at all, policies that did not load (audit lives with those), no time left. */
function findUnusable({ sourceProblems, policyProblems, resources, expired }: GeneratedManifests, settings: PluginSettings): Unusable | undefined {
  const source = sourceProblems.filter(({ code, severity }) => severity === 'error' && !(settings.allowEmpty && code === 'NO_RESOURCES'))
  if (source.length > 0) return { reason: 'its source cannot be rendered', lines: source.map(describeProblem) }
  if (resources.length === 0 && !settings.allowEmpty) return { reason: 'it renders no resource at all, and with automatic pruning that would delete everything', lines: [] }
  const policies = settings.mode === 'audit' ? [] : policyProblems.filter(({ severity }) => severity === 'error')
  if (policies.length > 0) return { reason: 'its policies cannot be used', lines: policies.map(describeProblem) }
  if (!expired || settings.onDeadline === 'allow') return undefined
  return { reason: `time ran out after ${settings.deadlineMilliseconds / 1000} s, before all policies were evaluated`, lines: [] }
}

function describeProblem({ code, message, location }: Problem): string {
  return `${location === undefined ? '' : `${formatLocation(location)}: `}${message.replace(/\s*\n\s*/g, ' ')} [${code}]`
}

function fail(request: PluginRequest, reason: string, lines: readonly string[], redact = (text: string): string => text): PluginAnswer {
  const name = request.application === '' ? 'the application' : request.application
  return { exitCode: refusalCodes.failed, stdout: '', stderr: `${redact(formatMessage(`${name} is refused: ${reason}.`, lines))}\n` }
}
