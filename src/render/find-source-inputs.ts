import { IoError } from '../io/io-error.ts'
import { openSource, overrideFiles, settleType } from './open-source.ts'
import type { SourceInputs } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { renderers } from './renderers/index.ts'
import type { RenderOptions, RenderSource, RenderTools } from './source.ts'

/** What a source can be made of, without rendering it; undefined where only that tells, or where something is wrong with it. */
export function findSourceInputs(source: RenderSource, options: RenderOptions = {}, tools: RenderTools = {}): SourceInputs | undefined {
  try {
    const context = openSource(source, { options, tools, problems: [], filesRead: new Set() })
    const inputs = renderers[settleType(source, context)].inputs(context)
    return inputs && { files: inputs.files, places: [...inputs.places, ...overrideFiles(context)] }
  } catch (error) {
    if (error instanceof RenderError || error instanceof IoError) return undefined
    throw error
  }
}
