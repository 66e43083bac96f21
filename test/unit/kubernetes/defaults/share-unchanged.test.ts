import { describe, expect, it } from 'vitest'
import { shareUnchanged } from '../../../../src/kubernetes/defaults/share-unchanged.ts'
import { toDraft, type Draft } from '../../../../src/kubernetes/defaults/draft.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'

const before: JsonObject = { metadata: { labels: { app: 'web' } }, spec: { ports: [{ port: 80 }, { port: 443 }], selector: { app: 'web' } } }

function share(change: (draft: Draft) => void): JsonObject {
  const draft = toDraft(before) as Draft
  change(draft)
  return shareUnchanged(draft, before)
}

const at = (object: JsonObject, ...path: readonly (string | number)[]): JsonValue => path.reduce<JsonValue>((value, step) => (value as Record<string | number, JsonValue>)[step] as JsonValue, object)

describe('shareUnchanged', () => {
  it('gives the object itself where nothing changed', () => {
    expect(share(() => undefined)).toBe(before)
  })

  it('shares what did not change, and only that', () => {
    const after = share((draft) => { (at(draft as JsonObject, 'spec', 'ports', 1) as Draft)['protocol'] = 'TCP' })
    expect(after).toEqual({ ...before, spec: { ports: [{ port: 80 }, { port: 443, protocol: 'TCP' }], selector: { app: 'web' } } })
    expect(at(after, 'metadata')).toBe(before['metadata'])
    expect(at(after, 'spec', 'selector')).toBe(at(before, 'spec', 'selector'))
    expect(at(after, 'spec', 'ports', 0)).toBe(at(before, 'spec', 'ports', 0))
    expect(before).toEqual({ metadata: { labels: { app: 'web' } }, spec: { ports: [{ port: 80 }, { port: 443 }], selector: { app: 'web' } } })
  })

  it.each<[string, (draft: Draft) => void]>([
    ['a key that is gone', (draft) => { delete draft['spec'] }],
    ['a key that is new', (draft) => { draft['kind'] = 'Service' }],
    ['an item that is gone', (draft) => { (at(draft as JsonObject, 'spec', 'ports') as unknown[]).pop() }],
    ['an integer for a double', (draft) => { (at(draft as JsonObject, 'spec', 'ports', 0) as Draft)['port'] = 80n }],
    ['a list for an object', (draft) => { draft['metadata'] = [] }],
  ])('does not take %s for the same', (_, change) => {
    const wanted = toDraft(before) as Draft
    change(wanted)
    const after = share(change)
    expect(after).not.toBe(before)
    expect(after).toEqual(wanted)
  })
})
