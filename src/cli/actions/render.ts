import { formatRendered } from '../../pipeline/format-rendered.ts'
import { renderPaths } from '../../pipeline/render-paths.ts'
import { createStyle, formatProblems, printable } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { configureRender, type RenderFlag } from '../configure.ts'
import { printDetails } from '../details.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { isColored } from '../outputs.ts'
import { createProgress } from '../progress.ts'

/** `presync render`: manifests on stdout, everything else on stderr. */
export async function runRender(invocation: Invocation<RenderFlag | 'render-output' | 'allow-empty' | 'no-color' | 'verbose'>): Promise<ExitCode> {
  const { options, streams, env } = invocation
  const started = Date.now()
  const { options: renderOptions, file, problems: configurationProblems } = await configureRender(invocation)
  const progress = createProgress(streams.stderr, Date.now)
  const rendered = await renderPaths({ ...renderOptions, onProgress: (text) => progress.show(text) })
  progress.clear()
  const problems = [...configurationProblems, ...rendered.problems]
    .filter(({ code, severity }) => !(options['allow-empty'] && code === 'NO_RESOURCES' && severity === 'error'))
  if (options.verbose) printDetails(streams.stderr, { configuration: file, sources: rendered.sources, milliseconds: Date.now() - started })
  if (rendered.resources.length > 0) streams.stdout.write(formatRendered(rendered.resources, options['render-output']))
  for (const notice of rendered.notices) streams.stderr.write(`note  ${printable(notice)}\n`)
  if (problems.length > 0) {
    const color = isColored(streams.stderr, { env, noColor: options['no-color'] })
    const gate = { mode: 'policy', failOn: 'block', strict: false } as const
    streams.stderr.write(`${formatProblems(problems, { gate, color, all: true, sourceText: renderOptions.texts.get }, createStyle(color)).join('\n')}\n`)
  }
  return problems.some(({ severity }) => severity === 'error') ? exitCodes.failed.code : exitCodes.ok.code
}
