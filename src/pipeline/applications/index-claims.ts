import { join } from 'node:path'
import type { RenderedSource, RenderSource } from '../../render/index.ts'

/** A source that an Application names, and what was made of it as far as it is rendered. */
export interface Claim {
  readonly source: RenderSource
  readonly result?: Pick<RenderedSource, 'filesRead'> | undefined
}

/** Tells whether rendering the Applications' sources makes of a found one what Argo CD applies. Indexed, because a repository has hundreds of both. */
export function indexClaims(claims: Iterable<Claim>): (found: RenderSource) => boolean {
  // A folder that stands for a repository may lie in the checked one, so whole paths count.
  const folders = new Set<string>()
  const readers = new Map<string, Set<Claim['result']>>()
  for (const { source, result } of claims) {
    folders.add(join(source.root, source.path))
    for (const file of result?.filesRead ?? []) addReader(readers, join(source.root, file), result)
  }
  return (found) => {
    if (folders.has(join(found.root, found.path))) return true
    // A folder with `recurse` takes its subfolders in.
    const [first, ...rest] = (found.files ?? []).map((file) => readers.get(join(found.root, file)))
    return first !== undefined && [...first].some((result) => rest.every((others) => others?.has(result) === true))
  }
}

function addReader(readers: Map<string, Set<Claim['result']>>, file: string, result: Claim['result']): void {
  if (result === undefined) return
  const known = readers.get(file)
  if (known === undefined) readers.set(file, new Set([result]))
  else known.add(result)
}
