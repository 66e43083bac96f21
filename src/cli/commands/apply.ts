import { applyFlags } from '../apply-flags.ts'
import { defineCommand } from '../command.ts'

/** `presync apply`: takes the place of `kyverno apply`. */
export const applyCommand = defineCommand({
  summary: 'apply policies to resources, in place of `kyverno apply`',
  arguments: '[policy...]',
  options: applyFlags,
  examples: ['presync apply policies -r manifests', 'presync apply policy.yaml -r pod.yaml -p --output-format json', 'helm template chart | presync apply policies -r -'],
  run: async (invocation) => (await import('../actions/apply.ts')).runApplyCommand(invocation),
})
