import type { CheckOptions } from '../pipeline/check.ts'
import { findConfiguration, loadConfiguration, type LoadedConfiguration } from '../pipeline/load-configuration.ts'
import { SourceTexts } from '../pipeline/source-texts.ts'
import type { Problem } from '../model/errors.ts'
import type { Gate } from '../model/report.ts'
import type { OptionValues } from './options.ts'

/** The options that decide what is checked, by what, and how it is judged. */
export type CheckFlag =
  'policy' | 'exception' | 'mode' | 'fail-on' | 'strict' | 'values-file' | 'set' | 'userinfo' | 'namespace' | 'allow-empty' | 'offline' | 'config'
type CheckFlags = OptionValues<CheckFlag>

/** Everything that decides about a check. */
export interface Setup {
  readonly check: Omit<CheckOptions, 'now' | 'onProgress'>
  readonly gate: Gate
  readonly problems: readonly Problem[]
}

/** Flags and variables over `.presync.yaml` over defaults. */
export async function configure(args: readonly string[], flags: CheckFlags, given: ReadonlySet<string>): Promise<Setup> {
  const cwd = process.cwd()
  const texts = new SourceTexts()
  const { configuration, problems } = await readConfiguration(args, flags, cwd, texts)
  const list = (flag: readonly string[], configured: readonly string[] | undefined): readonly string[] => (flag.length > 0 ? flag : configured ?? [])
  const choose = <Value>(name: string, flag: Value, configured: Value | undefined): Value => (given.has(name) ? flag : configured ?? flag)
  return {
    problems,
    gate: {
      mode: choose('mode', flags.mode, configuration.mode), failOn: choose('fail-on', flags['fail-on'], configuration.failOn),
      strict: choose('strict', flags.strict, configuration.strict),
    },
    check: {
      cwd, texts, paths: args.length > 0 ? args : configuration.paths ?? ['.'],
      policies: list(flags.policy, configuration.policies), exceptions: list(flags.exception, configuration.exceptions),
      valuesFiles: list(flags['values-file'], configuration.valuesFiles), settings: flags.set, userInfoFile: flags.userinfo, namespace: flags.namespace,
      allowEmpty: choose('allow-empty', flags['allow-empty'], configuration.allowEmpty), offline: flags.offline,
    },
  }
}

async function readConfiguration(args: readonly string[], flags: CheckFlags, cwd: string, texts: SourceTexts): Promise<LoadedConfiguration> {
  const path = flags.config ?? findConfiguration(args[0] ?? cwd)
  return path === undefined ? { configuration: {}, problems: [] } : loadConfiguration(path, cwd, texts)
}
