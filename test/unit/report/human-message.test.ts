import { expect, test } from 'vitest'
import { humanMessage } from '../../../src/report/human-message.ts'
import { makeResource, makeResult } from '../../support/make-result.ts'

const violations = [{ path: ['spec'], message: 'x' }]

test.each([
  { message: 'validation error: No root. rule autogen-check failed at path /spec/x/', shown: 'No root.' },
  { message: 'validation error: No root! rule check[1] failed at path /spec/x/ rule check[2] failed at path /spec/', shown: 'No root!' },
  { message: `Validation rule 'r' failed. It violates PodSecurity "baseline:latest": (Forbidden reason: privileged)`, shown: `Validation rule 'r' failed. It violates PodSecurity "baseline:latest"` },
  { message: 'the rule check failed at path 3 of the trail', shown: 'the rule check failed at path 3 of the trail' },
])('$message', ({ message, shown }) => {
  expect(humanMessage(makeResult('fail', makeResource('Pod', 'web'), { message, violations }))).toBe(shown)
})

test('where no place says the rest, the message stays whole', () => {
  const message = 'validation error: x rule check failed at path /spec/'
  expect(humanMessage(makeResult('fail', makeResource('Pod', 'web'), { message }))).toBe(message)
})
