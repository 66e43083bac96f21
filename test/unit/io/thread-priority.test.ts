import { describe, expect, it } from 'vitest'
import { preferMainThread, type Threads } from '../../../src/io/thread-priority.ts'

function run(given: Partial<Threads>): readonly number[] {
  const lowered: number[] = []
  preferMainThread({ platform: 'linux', processors: 2, process: 7, list: () => ['7', '8', '9'], setPriority: (thread) => { lowered.push(thread) }, ...given })
  return lowered
}

describe('preferMainThread', () => {
  it('lowers all threads but the main one', () => expect(run({})).toEqual([8, 9]))
  it('leaves threads alone that have a processor each', () => expect(run({ processors: 5 })).toEqual([]))
  it('leaves whole processes alone where threads have no priority', () => expect(run({ platform: 'darwin' })).toEqual([]))
  it('goes on where it may not', () => expect(run({ setPriority: () => { throw new Error('EACCES') } })).toEqual([]))
  it('goes on without /proc', () => expect(run({ list: () => { throw new Error('ENOENT') } })).toEqual([]))
})
