import { stringifyJson } from '../values/json-text.ts'
import type { JsonValue } from '../model/json.ts'
import type { PluginAnswer, PluginProcess } from './generate.ts'
import { announceParameters, type ParameterAnnouncement, type ParameterName } from './parameters.ts'
import { loadPlatform } from './platform.ts'

/** What only the sidecar knows: which mode the platform sets. Everything else is announced in plugin.yaml. */
export const dynamicParameters: readonly ParameterName[] = ['mode']

/** Answers Argo CD's question for parameters: a JSON array, whatever goes wrong, because anything else empties the whole tab. */
export function parameters(plugin: PluginProcess): PluginAnswer {
  const loaded = loadPlatform(plugin.env)
  const mode = 'platform' in loaded ? loaded.platform.mode ?? 'policy' : 'policy'
  const announced = announceParameters({ mode }).filter(({ name }) => dynamicParameters.includes(name as ParameterName))
  return { exitCode: 0, stdout: `${stringifyJson(announced as unknown as JsonValue)}\n`, stderr: 'problems' in loaded ? `presync: ${loaded.problems.join(' | ')}\n` : '' }
}

/** The announcements that stand in plugin.yaml. */
export function staticParameters(): readonly ParameterAnnouncement[] {
  return announceParameters().filter(({ name }) => !dynamicParameters.includes(name as ParameterName))
}

/** Checks the platform's configuration and policies: for the start of the sidecar and for tests of a new configuration. */
export function init(plugin: PluginProcess): PluginAnswer {
  const loaded = loadPlatform(plugin.env)
  return 'problems' in loaded
    ? { exitCode: 2, stdout: '', stderr: `presync: the platform's configuration cannot be used: ${loaded.problems.join(' | ')}\n` }
    : { exitCode: 0, stdout: '', stderr: '' }
}
