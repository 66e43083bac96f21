import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const live = new Set<string>()

/** A fresh folder that only this user can enter. */
export interface TemporaryFolder {
  readonly path: string
  remove(): Promise<void>
}

/** Makes a folder that is removed when it is told to be, or else when presync ends. */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'presync-'))
  remember(path)
  const remove = async (): Promise<void> => {
    await rm(path, { recursive: true, force: true, maxRetries: 2 })
    live.delete(path)
    if (live.size === 0) process.off('exit', removeAll)
  }
  return { path, remove }
}

/** Calls `use` with a fresh folder, and removes it afterwards, also when presync ends in between. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeTemporaryFolder()
  try {
    return await use(folder.path)
  } finally {
    await folder.remove()
  }
}

function remember(folder: string): void {
  if (live.size === 0) process.on('exit', removeAll)
  live.add(folder)
}

function removeAll(): void {
  for (const folder of live) rmSync(folder, { recursive: true, force: true })
}
