import { defineCommand } from '../command.ts'

/** `presync test`: takes the place of `kyverno test`. */
export const testCommand = defineCommand({
  summary: 'run tests of policies (kyverno-test.yaml), in place of `kyverno test`',
  arguments: '<folder...>',
  options: ['test-file-name', 'git-branch', 'test-case-selector', 'test-output', 'fail-only', 'detailed-results', 'require-tests', 'registry', 'remove-color', 'no-color'],
  examples: ['presync test policies', "presync test policies -t 'policy=require-*,resource=web' --detailed-results", 'presync test policies -o junit > tests.xml'],
  run: async (invocation) => (await import('../actions/test.ts')).runTest(invocation),
})
