// Argo CD: reposerver/repository/repository.go (makeJsonnetVM, findManifests). Argo CD embeds go-jsonnet; this is the same evaluator as a program.
import { dirname, join } from 'node:path'
import { ProgramError } from '../../io/io-error.ts'
import { provideFiles } from '../../io/mounts.ts'
import { runProgram } from '../../io/run-program.ts'
import { withTemporaryFolder } from '../../io/temporary-folder.ts'
import { parseManifests } from '../../manifest/index.ts'
import type { Resource } from '../../model/resource.ts'
import type { SourceLocation } from '../../model/source.ts'
import { isJsonArray } from '../../model/json.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { readJson } from '../../values/read-json.ts'
import { expandVariables } from '../expand-variables.ts'
import { requireTool } from '../find-tool.ts'
import { checkJsonnetImports } from '../jsonnet-imports.ts'
import { resolveFrom } from '../resolve-path.ts'
import { toShownPath, type RenderContext } from '../render-context.ts'
import { RenderError } from '../render-error.ts'
import type { JsonnetVariable } from '../source-options.ts'
import { placeAt } from '../placed-resource.ts'
import { toolEnvironment } from '../tool-environment.ts'

/** Evaluates one file. The result is an object or a list of objects. */
export async function renderJsonnet(context: RenderContext, file: string): Promise<readonly Resource[]> {
  const { jsonnet: options = {} } = context.options.directory ?? {}
  const shown = toShownPath(context, file)
  const location: SourceLocation = { file: shown, line: 1, column: 1 }
  const program = requireTool('jsonnet', context.tools, `the Jsonnet file ${shown}`)
  const libraries = [context.folder, ...(options.libs ?? []).map((path) => resolveFrom(context, context.root, path, location))]
  const expressions = [...options.tlas ?? [], ...options.extVars ?? []].flatMap(({ value, code = false }) => (code ? [expandVariables(value, context.options.buildEnvironment)] : []))
  checkJsonnetImports(context, file, { libraries, expressions })
  const args = [
    ...libraries.flatMap((path) => ['--jpath', path]),
    ...(options.tlas ?? []).flatMap((variable) => argument('tla', variable, context)),
    ...(options.extVars ?? []).flatMap((variable) => argument('ext', variable, context)),
    '--', file,
  ]
  const { timeoutMs } = context.options
  await provideFiles([context.root])
  const text = await withTemporaryFolder(async (home) => {
    try {
      return await runProgram(program, args, { cwd: dirname(file), env: toolEnvironment(join(home), { network: false }), ...(timeoutMs === undefined ? {} : { timeoutMs }) })
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error
      throw new RenderError('RENDER_FAILED', placeOf(error, context).message, placeOf(error, context).location ?? location, error)
    }
  })
  return toResources(context, text, location)
}

function argument(kind: 'tla' | 'ext', { name, value, code = false }: JsonnetVariable, context: RenderContext): string[] {
  return [`--${kind}-${code ? 'code' : 'str'}`, `${name}=${expandVariables(value, context.options.buildEnvironment)}`]
}

/** go-jsonnet names the place of an error as `file:line:column` or `file:line:(column)-(column)`. */
function placeOf(error: ProgramError, context: RenderContext): { message: string; location?: SourceLocation } {
  const message = error.message.replaceAll(`${context.root}/`, '')
  const place = /(\/\S+?\.(?:jsonnet|libsonnet)):\(?(\d+)(?::(\d+))?/.exec(error.stderr)
  return place === null ? { message } : { message, location: { file: toShownPath(context, place[1] as string), line: Number(place[2]), column: Number(place[3] ?? 1) } }
}

function toResources(context: RenderContext, text: string, location: SourceLocation): readonly Resource[] {
  const { value } = readJson(text)
  const objects = isJsonArray(value) ? value : [value]
  const { resources, problems } = parseManifests(objects.map((object) => stringifyJson(object)).join('\n'), location.file)
  // Places inside the evaluated text mean nothing to anyone.
  for (const problem of problems) context.problems.push({ ...problem, location })
  return resources.map((resource) => placeAt(resource, location, location.file))
}
