import type { Renderer } from '../render-context.ts'
import type { SourceType } from '../source.ts'
import { directory } from './directory.ts'
import { helm } from './helm.ts'
import { kustomize } from './kustomize.ts'

/** Every source type that presync renders. Which of them a folder is, the names of its files decide: see `detectSourceType`. */
export const renderers = {
  Helm: helm,
  Kustomize: kustomize,
  Directory: directory,
} as const satisfies Record<SourceType, Renderer>
