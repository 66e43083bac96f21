import { KnownError } from '../../model/errors.ts'
import type { ApplyReport } from '../../model/apply-report.ts'
import type { ApplyOptions } from '../../pipeline/apply/apply-options.ts'
import { runApply } from '../../pipeline/apply/run-apply.ts'
import { writeManifests } from '../../pipeline/apply/write-manifests.ts'
import { SourceTexts } from '../../pipeline/source-texts.ts'
import {
  countResults, createStyle, formatApplied, formatExceptions, formatInvalid, formatProblems, formatReports, formatResults, formatTable, type ApplyTextOptions,
} from '../../report/index.ts'
import { formatDuration, parseDuration } from '../../values/duration.ts'
import type { ApplyFlag } from '../apply-flags.ts'
import type { Invocation } from '../command.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { isColored } from '../outputs.ts'
import { readAll } from '../streams.ts'
import { UsageError } from '../usage-error.ts'

type ApplyInvocation = Invocation<ApplyFlag>

/** `presync apply`: Kyverno's output and exit codes, except that what could not be evaluated ends with 2. */
export async function runApplyCommand(invocation: ApplyInvocation): Promise<ExitCode> {
  const { options, streams } = invocation
  const { compat } = options
  try {
    checkArguments(invocation)
    const texts = new SourceTexts()
    const report = await runApply(await toApplyOptions(invocation, texts))
    if (options['apply-output'] !== undefined) writeManifests(report, options['apply-output'], { compat })
    print(report, invocation)
    const style = createStyle(isColored(streams.stderr, { env: invocation.env, noColor: options['no-color'] || options['remove-color'] }))
    const lines = formatProblems(report.problems, { sourceText: texts.get, color: false, gate: { mode: 'policy', failOn: 'block', strict: false }, all: false }, style)
    if (lines.length > 0) streams.stderr.write(`${lines.join('\n')}\n`)
    return judge(report, invocation)
  } catch (error) {
    if (!(error instanceof KnownError) || !compat) throw error
    streams.stderr.write(`Error: ${error.message}\n`)
    return exitCodes.violations.code
  }
}

function checkArguments({ args, options }: ApplyInvocation): void {
  const resources = [...options.resource, ...options.resources]
  const mistakes: readonly (readonly [boolean, string])[] = [
    [args.length === 0, 'require policy'],
    [resources.length === 0 && options.json.length === 0 && !options['apply-cluster'], 'resource file(s) or cluster required'],
    [args.includes('-') && resources.includes('-'), 'a stdin pipe can be used for either policies or resources, not both'],
    [options['apply-values-file'] !== undefined && options['apply-set'].length > 0, 'pass the values either using set flag or values_file flag'],
    [options.json.length > 0 && resources.length > 0, 'both resource and json files can not be used together, use one or the other'],
    [options['crd-paths'].length + options['apply-crd-path'].length > 0 && options.kubeconfig !== undefined, 'crd-paths and kubeconfig exclude each other'],
  ]
  const mistake = mistakes.find(([isMade]) => isMade)
  if (mistake !== undefined) throw new UsageError(mistake[1])
}

async function toApplyOptions({ args, options, streams }: ApplyInvocation, texts: SourceTexts): Promise<ApplyOptions> {
  // Kyverno takes several paths in one argument, with commas between.
  const split = (...lists: readonly (readonly string[])[]): readonly string[] => lists.flat().flatMap((entry) => entry.split(',')).filter((path) => path !== '')
  const resources = split(options.resource, options.resources)
  return {
    cwd: process.cwd(), texts, now: Date.now(), policies: args, resources, payloads: split(options.json),
    targetResources: split(options['target-resource'], options['target-resources']), parameterResources: split(options['parameter-resource']),
    exceptions: split(options['apply-exception'], options.exceptions),
    exceptionsWithinResources: options['exceptions-within-resources'] || options['exceptions-with-resources'], exceptionsWithinPolicies: options['exceptions-within-policies'],
    valuesFile: options['apply-values-file'], settings: split(options['apply-set']), userInfoFile: options['apply-userinfo'], contextFile: options['context-file'],
    crdPaths: split(options['crd-paths'], options['apply-crd-path']), gitBranch: options['git-branch'],
    continueOnFail: options['continue-on-fail'], compat: options.compat,
    ...(options['apply-cluster'] ? { cluster: await (await import('../../pipeline/apply/open-cluster.ts')).openCluster({
      ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }), ...(options.context === undefined ? {} : { context: options.context }),
      namespace: options['cluster-namespace'], clusterWide: options['cluster-wide-resources'],
    }) } : {}),
    ...(options.registry ? { registry: (await import('../../pipeline/kyverno/load-image-data.ts')).loadImageData } : {}),
    stdin: args.includes('-') || resources.includes('-') ? await readAll(streams.stdin) : '',
  }
}

function print(report: ApplyReport, invocation: ApplyInvocation): void {
  const { options, streams } = invocation
  const { compat } = options
  const isDocument = options['policy-report'] || options['generate-exceptions']
  const text: ApplyTextOptions = {
    auditWarn: options['audit-warn'], compat, manifestsOnly: options.stdin, withoutHeading: options.stdin || isDocument,
    manifestsInFiles: options['apply-output'] !== undefined,
  }
  // A document stays alone on its stream, unless Kyverno's output is wanted.
  const before = isDocument && !compat ? '' : `${formatApplied(report, text)}${formatInvalid(report)}`
  streams.stdout.write(`${before}${isDocument ? formatDocument(report, text, invocation) : formatOutcome(report, text, invocation)}`)
}

function formatDocument(report: ApplyReport, text: ApplyTextOptions, { options }: ApplyInvocation): string {
  const format = options['output-format']
  return options['policy-report']
    ? formatReports(report, { ...text, format, timestamp: Math.floor(Date.now() / 1000) })
    : formatExceptions(report, { ...text, format, ttl: goDuration(options['generated-exception-ttl']) })
}

function formatOutcome(report: ApplyReport, text: ApplyTextOptions, { options, streams, env }: ApplyInvocation): string {
  const color = isColored(streams.stdout, { env, noColor: options['no-color'] || options['remove-color'] })
  if (options['apply-table']) return formatTable(report, { auditWarn: text.auditWarn, detailed: options['detailed-results'], color })
  return options.stdin && !options.compat ? '' : formatResults(report, text)
}

/** Go writes 720h as 720h0m0s. */
function goDuration(text: string): string {
  const nanoseconds = parseDuration(text)
  if (nanoseconds === undefined) throw new UsageError(`--generated-exception-ttl ${text} is no duration`)
  return nanoseconds <= 0n ? '' : formatDuration(nanoseconds)
}

/** Kyverno has one code for both; here what could not be evaluated is told apart from what was refused, and wins. */
function judge(report: ApplyReport, { options, streams }: ApplyInvocation): ExitCode {
  const counts = countResults(report, { auditWarn: options['audit-warn'], compat: options.compat })
  const isBroken = counts.error > 0 || report.problems.some(({ severity }) => severity === 'error')
  if (options.compat && (counts.fail > 0 || isBroken)) return exitCodes.violations.code
  if (isBroken) return exitCodes.failed.code
  if (counts.fail > 0) return exitCodes.violations.code
  const code = options['warn-exit-code']
  if (counts.warn > 0 && code !== 0) {
    streams.stderr.write(`exit as warnExitCode is ${code}\n`)
    return code
  }
  if (counts.pass === 0 && options['warn-no-pass']) {
    streams.stderr.write('exit as no objects satisfied policy\n')
    return code
  }
  return exitCodes.ok.code
}
