import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTrace } from '../../../../src/expression/jmespath/trace.ts'
import { jsonValue } from '../../../support/json-arbitrary.ts'

const data = {
  request: {
    object: {
      metadata: { labels: { app: 'shop', tier: 'web' } },
      spec: {
        containers: [{ name: 'a', image: 'x:1', ports: [{ hostPort: 80 }, { port: 1 }] }, { name: 'b', image: 'y' }],
        initContainers: [{ name: 'i', image: 'z' }],
        tls: [],
      },
    },
  },
}
const environment = { now: 0, random: () => 0 }
const trace = (expression: string) => compileTrace(expression)(data, environment).map(({ path, value }) => `${path.slice(2).join('.')}${value === undefined ? '?' : ''}`)

test.each([
  ['request.object.spec.tls', ['spec.tls']],
  ['request.object.spec.host.name', ['spec.host.name?']],
  ["request.object.spec.host || 'none'", ['spec.host?']],
  ['request.object.spec.tls || `[]` | length(@)', ['spec.tls']],
  ['request.object.spec.containers[].image', ['spec.containers.0.image', 'spec.containers.1.image']],
  ['request.object.spec.containers[*].ports[].hostPort', ['spec.containers.0.ports.0.hostPort']],
  ['request.object.spec.[initContainers, containers][].image', ['spec.initContainers.0.image', 'spec.containers.0.image', 'spec.containers.1.image']],
  ["request.object.spec.containers[?image=='y'].name", ['spec.containers.1.name']],
  ["request.object.spec.containers[?image=='q'].name", ['spec.containers']],
  ['request.object.spec.containers[-1].name', ['spec.containers.1.name']],
  ['request.object.metadata.labels.*', ['metadata.labels.app', 'metadata.labels.tier']],
  ["contains(request.object.spec.containers[].name, 'a')", ['spec.containers.0.name', 'spec.containers.1.name']],
  ['map(&image, request.object.spec.containers)', ['spec.containers.0.image', 'spec.containers.1.image']],
  ['request.object.spec.containers[0].name == request.object.metadata.labels.app', ['spec.containers.0.name', 'metadata.labels.app']],
  ['{a: request.object.spec.tls}', ['spec.tls']],
  ["'text'", []],
  ['not an expression', []],
])('%s', (expression, paths) => {
  // A filter that finds nothing points at what it searched.
  expect(trace(expression)).toEqual(paths)
})

test('every path leads to the value that is told with it', () => {
  const step = fc.constantFrom('[]', '[*]', '.*', '[0]', '.a', '.metadata', '[?a]', ' | @', '[1:]', ' || a')
  fc.assert(fc.property(jsonValue, fc.array(step, { maxLength: 4 }), (value, steps) => {
    for (const traced of compileTrace(`@${steps.join('')}`)(value, environment)) {
      const found = traced.path.reduce<unknown>((current, key) => (typeof current === 'object' && current !== null && Object.hasOwn(current, key) ? (current as Record<string | number, unknown>)[key] : undefined), value)
      expect(found).toBe(traced.value)
    }
  }))
})
