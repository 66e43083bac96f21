import { resolve } from 'node:path'
import { readPluginSource } from '../cmp/read-plugin-source.ts'
import type { CheckOptions } from '../pipeline/check.ts'
import { findConfiguration, loadConfiguration, type LoadedConfiguration } from '../pipeline/load-configuration.ts'
import type { RenderPathsOptions } from '../pipeline/render-paths.ts'
import { SourceTexts } from '../pipeline/source-texts.ts'
import type { Problem } from '../model/errors.ts'
import type { Gate } from '../model/report.ts'
import type { Configuration } from '../pipeline/configuration-schema.ts'
import type { checkFlags, inputFlags, renderFlags } from './check-flags.ts'
import type { Invocation } from './command.ts'
import type { OptionValues } from './options.ts'
import { readAll } from './streams.ts'

export type RenderFlag = (typeof renderFlags)[number]
export type InputFlag = (typeof inputFlags)[number]
export type CheckFlag = (typeof checkFlags)[number]

/** What flags, variables and `.presync.yaml` come to, and what is wrong with the latter. */
export interface Configured<Options> {
  readonly options: Options
  /** The configuration file, where one was found. */
  readonly file: string | undefined
  readonly problems: readonly Problem[]
}

/** Everything that decides about a check. */
export async function configureCheck(
  invocation: Invocation<CheckFlag | 'baseline'>,
): Promise<Configured<Omit<CheckOptions, 'now'>> & { readonly gate: Gate; readonly baselineFile: string | undefined }> {
  const { configuration, options, ...inputs } = await configureInputs(invocation)
  const { options: flags } = invocation
  const choose = chooser(invocation)
  const baselineFile = choose('baseline', flags.baseline, configuration.baseline)
  return {
    ...inputs, baselineFile, options: { ...options, baselineFile, partial: isPartial(invocation) },
    gate: {
      mode: choose('mode', flags.mode, configuration.mode), failOn: choose('fail-on', flags['fail-on'], configuration.failOn),
      strict: choose('strict', flags.strict, configuration.strict),
    },
  }
}

/** What is looked at, and by which policies; nothing about how it is judged. */
export async function configureInputs(invocation: Invocation<InputFlag>): Promise<Configured<Omit<CheckOptions, 'now'>> & { readonly configuration: Configuration }> {
  const { configuration, file, problems, render } = await configure(invocation)
  const { options: flags } = invocation
  const choose = chooser(invocation)
  return {
    configuration, file, problems,
    options: {
      ...render, resultsFolder: render.tools.cache, clusterSnapshots: choose('cluster-snapshot', flags['cluster-snapshot'], configuration.clusterSnapshots),
      policies: choose('policy', flags.policy, configuration.policies), exceptions: choose('exception', flags.exception, configuration.exceptions),
      valuesFiles: choose('values-file', flags['values-file'], configuration.valuesFiles), settings: flags.set, userInfoFile: flags.userinfo,
      allowEmpty: choose('allow-empty', flags['allow-empty'], configuration.allowEmpty), offline: flags.offline,
    },
  }
}

/** A baseline of the configuration covers what that checks, so that who names paths or Applications sees a part of it. */
function isPartial({ args, given, options: flags }: Invocation<CheckFlag | 'baseline'>): boolean {
  return flags.application.length > 0 || (args.length > 0 && !given.has('baseline'))
}

/** Everything that decides about rendering. */
export async function configureRender(invocation: Invocation<RenderFlag>): Promise<Configured<RenderPathsOptions>> {
  const { render, file, problems } = await configure(invocation)
  return { options: render, file, problems }
}

interface Basis {
  readonly configuration: Configuration
  readonly file: string | undefined
  readonly problems: readonly Problem[]
  readonly render: RenderPathsOptions
}

async function configure(invocation: Invocation<RenderFlag>): Promise<Basis> {
  const { args, options: flags, streams } = invocation
  const cwd = process.cwd()
  const texts = new SourceTexts()
  const { configuration, file, problems } = await readConfiguration(args, flags, cwd, texts)
  const choose = chooser(invocation)
  const tool = (name: 'helm' | 'kustomize' | 'jsonnet'): object => {
    const program = choose(name, flags[name], configuration[name])
    return program === undefined ? {} : { [name]: program }
  }
  return {
    configuration, file, problems,
    render: {
      cwd, texts, paths: args.length > 0 ? args : configuration.paths ?? ['.'], namespace: flags.namespace, appName: flags['app-name'],
      kubeVersion: choose('kube-version', flags['kube-version'], configuration.kubeVersion),
      apiVersions: choose('api-versions', flags['api-versions'], configuration.apiVersions),
      applications: flags.application, repositories: { ...configuration.repositories, ...readRepositories(flags.repository) },
      clustersFile: choose('clusters', flags.clusters, configuration.clusters), crdPaths: choose('crd-path', flags['crd-path'], configuration.crdPaths),
      readPluginSource,
      network: choose('network', flags.network, configuration.network), tools: { ...tool('helm'), ...tool('kustomize'), ...tool('jsonnet'), ...(flags.cache === undefined ? {} : { cache: resolve(cwd, flags.cache) }) },
      ...(args.includes('-') ? { stdin: await readAll(streams.stdin) } : {}),
    },
  }
}

/** `URL=FOLDER`; without a folder the address is that of the checked repository. */
function readRepositories(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text) => {
    const equals = text.lastIndexOf('=')
    return equals < 0 ? [text, '.'] : [text.slice(0, equals), text.slice(equals + 1)]
  }))
}

/** What was typed or set in a variable wins over `.presync.yaml`, and that over the default. */
function chooser({ given }: Pick<Invocation, 'given'>): <Value>(name: string, flag: Value, configured: NoInfer<Value> | undefined) => Value {
  return (name, flag, configured) => (given.has(name) ? flag : configured ?? flag)
}

async function readConfiguration(
  args: readonly string[], flags: OptionValues<'config'>, cwd: string, texts: SourceTexts,
): Promise<LoadedConfiguration> {
  const path = flags.config ?? findConfiguration(args[0] ?? cwd)
  return path === undefined ? { configuration: {}, problems: [] } : loadConfiguration(path, cwd, texts)
}
