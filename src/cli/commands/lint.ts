import { defineCommand } from '../command.ts'

/** `presync lint`: mistakes in policies, before they cost anything. */
export const lintCommand = defineCommand({
  summary: 'find mistakes in policies, before they cost anything',
  arguments: '<policy...>',
  options: ['strict', 'offline', 'output', 'all', 'no-color', 'verbose'],
  examples: ['presync lint policies', 'presync lint policies --strict -o sarif=lint.sarif'],
  run: async (invocation) => (await import('../actions/lint.ts')).runLint(invocation),
})
