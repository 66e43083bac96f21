import { cwd } from 'node:process'
import type { PluginAnswer, PluginProcess } from '../../cmp/generate.ts'
import { defineCommand, type Invocation } from '../command.ts'

/** Runs one verb of the plugin: manifests or nothing on stdout, words on stderr. */
async function answer({ env, streams }: Pick<Invocation, 'env' | 'streams'>, verb: (plugin: PluginProcess) => PluginAnswer | Promise<PluginAnswer>): Promise<number> {
  const { exitCode, stdout, stderr } = await verb({ env, cwd: cwd(), now: () => Date.now() })
  streams.stderr.write(stderr)
  streams.stdout.write(stdout)
  return exitCode
}

/** `presync cmp generate`: what Argo CD runs at every sync. */
export const cmpGenerateCommand = defineCommand({
  summary: 'for Argo CD: render, evaluate, and print manifests or refuse',
  options: [],
  run: async (invocation) => answer(invocation, (await import('../../cmp/generate.ts')).generate),
})

/** `presync cmp init`: fails early where the platform's configuration is broken. */
export const cmpInitCommand = defineCommand({
  summary: "for Argo CD: check the platform's configuration",
  options: [],
  run: async (invocation) => answer(invocation, (await import('../../cmp/announce.ts')).init),
})

/** `presync cmp parameters`: what Argo CD's UI shows. */
export const cmpParametersCommand = defineCommand({
  summary: 'for Argo CD: announce the parameters that depend on the sidecar',
  options: [],
  run: async (invocation) => answer(invocation, (await import('../../cmp/announce.ts')).parameters),
})

/** `presync cmp dev APPLICATION.yaml`: the sidecar's answer on a laptop. */
export const cmpDevCommand = defineCommand({
  summary: "what the plugin would answer for an Application, and what Argo CD would show",
  arguments: '<application>',
  options: [],
  examples: ['presync cmp dev applications/shop.yaml', 'PRESYNC_MODE=enforce presync cmp dev applications/shop.yaml'],
  run: async (invocation) => answer(invocation, async (plugin) => (await import('../../cmp/dev.ts')).develop(invocation.args[0] ?? '', plugin)),
})
