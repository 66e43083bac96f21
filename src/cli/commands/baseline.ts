import { inputFlags } from '../check-flags.ts'
import { defineCommand } from '../command.ts'

const shared = { arguments: '[path...]', options: [...inputFlags, 'baseline', 'no-color', 'verbose'] } as const

/** `presync baseline create`: everything that fails now is known. */
export const baselineCreateCommand = defineCommand({
  ...shared,
  summary: 'write down what fails now, so that `check --baseline` fails only for the rest',
  examples: ['presync baseline create', 'presync baseline create apps -p policies --baseline known.json'],
  run: async (invocation) => (await import('../actions/baseline.ts')).runBaseline('create', invocation),
})

/** `presync baseline prune`: what is mended cannot come back unseen. */
export const baselinePruneCommand = defineCommand({
  ...shared,
  summary: 'take out of a baseline what fails no more',
  examples: ['presync baseline prune'],
  run: async (invocation) => (await import('../actions/baseline.ts')).runBaseline('prune', invocation),
})
