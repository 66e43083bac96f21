import { describe, expect, test } from 'vitest'
import { hasFormat } from '../../../../src/kubernetes/schema/formats.ts'

const cases: readonly (readonly [format: string, right: readonly string[], wrong: readonly string[]])[] = [
  ['byte', ['', 'aGk=', 'aGk=\n', 'aGkx'], ['aGk', 'a b=', '====', 'aG=k']],
  ['cidr', ['10.0.0.0/8', '::/0', '2001:db8::/32'], ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/08']],
  ['date', ['2024-02-29', '2026-12-31'], ['2023-02-29', '2026-13-01', '2026-1-1', '2026-04-31']],
  ['date-time', ['2026-01-31T23:59:60Z', '2026-01-31T10:00:00.5+02:00', '2026-01-31t10:00:00z'], ['2026-01-31 10:00:00Z', '2026-01-31T24:00:00Z', '2026-01-31T10:00:00', '2026-00-31T10:00:00Z']],
  ['duration', ['1h30m', '-1.5s', '0', '2 days', '300ms'], ['', '1', 'h', '1 x']],
  ['email', ['a@b.example'], ['a', '@b', 'a b@c']],
  ['hostname', ['a', 'a-b.example', 'a.example.'], ['', '-a', 'a_b', 'a..b']],
  ['ipv4', ['0.0.0.0', '255.255.255.255'], ['256.0.0.1', '1.2.3', '1.2.3.4.']],
  ['ipv6', ['::', '::1', '2001:db8::8', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4'], ['1', ':::', '1:2:3:4:5:6:7', '1::2::3', '12345::']],
  ['mac', ['00:1a:2b:3c:4d:5e', '00-1A-2B-3C-4D-5E'], ['00:1a:2b:3c:4d', '00:1a:2b:3c:4d:5g']],
  ['uri', ['https://a.example/b?c', '/path'], ['a b', '/a b']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000', '123E4567E89B12D3A456426614174000'], ['123e4567', '123e4567-e89b-12d3-a456-42661417400g']],
  ['a format that nobody knows', ['anything'], []],
]

describe.each(cases)('%s', (format, right, wrong) => {
  test.each(right.map((text) => [text]))('%j has it', (text) => expect(hasFormat(text, format)).toBe(true))
  if (wrong.length > 0) test.each(wrong.map((text) => [text]))('%j has it not', (text) => expect(hasFormat(text, format)).toBe(false))
})
