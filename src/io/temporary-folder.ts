import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const live = new Set<string>()

/** Calls `use` with a fresh folder that only this user can enter, and removes it afterwards, also when presync ends in between. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'presync-'))
  remember(folder)
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 2 })
    live.delete(folder)
    if (live.size === 0) process.off('exit', removeAll)
  }
}

function remember(folder: string): void {
  if (live.size === 0) process.on('exit', removeAll)
  live.add(folder)
}

function removeAll(): void {
  for (const folder of live) rmSync(folder, { recursive: true, force: true })
}
