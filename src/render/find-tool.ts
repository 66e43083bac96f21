import { findProgram } from '../io/find-program.ts'
import { RenderError } from './render-error.ts'
import type { RenderTools } from './source.ts'

/** How to get each program, for those who do not have it. */
const hints = {
  helm: 'install Helm 3 or 4 (helm.sh/docs/intro/install) or name it in the configuration',
  kustomize: 'install kustomize (kubectl.docs.kubernetes.io/installation/kustomize), or kubectl, which contains one, or name it in the configuration',
  kubectl: 'install kubectl (kubernetes.io/docs/tasks/tools) or name it in the configuration',
  jsonnet: 'install go-jsonnet (github.com/google/go-jsonnet) or name it in the configuration',
} as const

export type ToolName = keyof typeof hints

/** The path of a program that was named or is on PATH; undefined where there is none. */
export function findTool(name: ToolName, tools: RenderTools): string | undefined {
  return tools[name] ?? findProgram(name)
}

/** The path of a program that a source cannot do without. */
export function requireTool(name: ToolName, tools: RenderTools, what: string): string {
  return findTool(name, tools) ?? missingTool(name, what)
}

/** Says that a program is missing and how to get it. */
export function missingTool(name: ToolName, what: string): never {
  throw new RenderError('PROGRAM_MISSING', `${what} needs ${name}, which was not found: ${hints[name]}`)
}
