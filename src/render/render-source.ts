import { IoError } from '../io/io-error.ts'
import type { Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import { openSource, settleType } from './open-source.ts'
import { RenderError } from './render-error.ts'
import { renderers } from './renderers/index.ts'
import type { RenderedSource, RenderOptions, RenderSource, RenderTools, SourceType } from './source.ts'

/**
 * Makes of a folder the resources that Argo CD would apply. What is wrong with the source, and a program that is missing, is a problem with
 * its place in the result; the promise rejects for bugs only.
 */
export async function renderSource(source: RenderSource, options: RenderOptions = {}, tools: RenderTools = {}): Promise<RenderedSource> {
  const problems: Problem[] = []
  const filesRead = new Set<string>()
  let type: SourceType = source.type ?? 'Directory'
  let resources: readonly Resource[] = []
  try {
    const context = openSource(source, { options, tools, problems, filesRead })
    type = settleType(source, context)
    resources = await renderers[type].render(context)
    if (resources.length === 0 && !problems.some(({ severity }) => severity === 'error')) {
      problems.push({ code: 'NO_RESOURCES', severity: 'error', message: `${source.path} yields no resource`, location: { file: source.path, line: 1, column: 1 } })
    }
  } catch (error) {
    problems.push(toProblem(error, source))
  }
  return { type, resources, problems, filesRead: [...filesRead].sort() }
}

function toProblem(error: unknown, source: RenderSource): Problem {
  const location = { file: source.path, line: 1, column: 1 }
  if (error instanceof RenderError) return { code: error.code, severity: 'error', message: error.message, location: error.location ?? location }
  if (error instanceof IoError) return { code: error.code, severity: 'error', message: withoutRoot(error.message, source.root), location }
  throw error
}

function withoutRoot(message: string, root: string): string {
  return message.replaceAll(`${root}/`, '')
}
