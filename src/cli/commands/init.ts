import { defineCommand } from '../command.ts'

/** `presync init`: a repository that checks itself. */
export const initCommand = defineCommand({
  summary: 'write a .presync.yaml, and files for CI',
  arguments: '[folder]',
  options: ['github', 'gitlab', 'pre-commit', 'jenkins', 'image', 'force'],
  examples: ['presync init --github', 'presync init --gitlab --pre-commit'],
  run: async (invocation) => (await import('../actions/init.ts')).runInit(invocation),
})
