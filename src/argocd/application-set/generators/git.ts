// Argo CD: applicationset/generators/git.go; git ls-files for the patterns of files
import { fromJson, goBase, goDir, type TemplateMap, type TemplateValue } from '../../../expression/go-template/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { compilePathPattern } from '../../../values/path-match.ts'
import { sortedSet } from '../../../values/sorted-set.ts'
import { sanitizeName } from '../../sanitize-name.ts'
import { ApplicationSetError, NotExpandable } from '../application-set-error.ts'
import { flattenParameters } from '../flatten-parameters.ts'
import { parseYamlText } from '../template-functions.ts'
import { appendValues } from './append-values.ts'
import type { Generator, GeneratorContext, RepositoryFiles } from './generator.ts'

interface Item { readonly path: string; readonly exclude: boolean }

/** Folders of a repository, or the contents of files in it. */
export const git: Generator = (block, context) => {
  const [url, revision] = [String(block['repoURL'] ?? ''), String(block['revision'] ?? '')]
  const [folders, files] = [readItems(block['directories']), readItems(block['files'])]
  if (folders.length === 0 && files.length === 0) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'the git generator names neither directories nor files')
  const repository = context.world.repository(url, revision)
  if (repository === undefined) throw new NotExpandable('NOT_EXPANDABLE', `the repository ${url} is not at hand`)
  return folders.length > 0 ? fromFolders(block, folders, { repository, context }) : fromFiles(block, files, { repository, context })
}

function readItems(value: JsonValue | undefined): readonly Item[] {
  return isJsonArray(value) ? value.flatMap((item) => (isJsonObject(item) && typeof item['path'] === 'string' ? [{ path: item['path'], exclude: item['exclude'] === true }] : [])) : []
}

interface Source { readonly repository: RepositoryFiles; readonly context: GeneratorContext }

function fromFolders(block: JsonObject, items: readonly Item[], { repository, context }: Source): readonly TemplateMap[] {
  const matchers = items.map(({ path, exclude }) => ({ exclude, matches: compilePathPattern(path, 'path') }))
  const isMatched = (folder: string, exclude: boolean): boolean => matchers.some((matcher) => matcher.exclude === exclude && matcher.matches?.(folder) === true)
  return repository.folders().filter((folder) => isMatched(folder, false) && !isMatched(folder, true))
    .map((folder) => appendValues(block, withPath(new Map(), block, { path: folder }, context), context.renderer))
}

function fromFiles(block: JsonObject, items: readonly Item[], { repository, context }: Source): readonly TemplateMap[] {
  const all = repository.files()
  const excluded = new Set(items.filter(({ exclude }) => exclude).flatMap(({ path }) => findFiles(all, path)))
  const included = sortedSet(items.filter(({ exclude }) => !exclude).flatMap(({ path }) => findFiles(all, path)))
  return included.filter((file) => !excluded.has(file)).flatMap((file) => readObjects(repository.read(file), file).map((object) => {
    const parameters = fromJson(object) as TemplateMap
    const own: TemplateMap = context.renderer.goTemplate ? parameters : flattenParameters(parameters)
    return appendValues(block, withPath(own, block, { path: goDir(file), file }, context), context.renderer)
  }))
}

/** A pathspec of git: a file, a folder with all in it, or a pattern whose stars cross slashes. */
function findFiles(files: readonly string[], pattern: string): readonly string[] {
  const plain = pattern.replace(/^\.?\/+/, '').replace(/\/+$/, '')
  const matches = /[*?[\\]/.test(plain) ? compilePathPattern(plain, 'any') : undefined
  return files.filter((file) => file === plain || file.startsWith(`${plain}/`) || matches?.(file) === true)
}

/** A file holds one set of parameters, or a list of them; an empty one holds one without anything. */
function readObjects(text: string, file: string): readonly JsonObject[] {
  const value = parseYamlText(text) ?? {}
  if (isJsonObject(value)) return [value]
  if (isJsonArray(value) && value.every(isJsonObject)) return value
  throw new ApplicationSetError('INVALID_APPLICATION_SET', `${file} is neither a map nor a list of maps`)
}

function withPath(parameters: TemplateMap, block: JsonObject, { path, file }: { readonly path: string; readonly file?: string }, { renderer }: GeneratorContext): TemplateMap {
  const prefix = typeof block['pathParamPrefix'] === 'string' ? block['pathParamPrefix'] : ''
  const facts: [string, TemplateValue][] = [['basename', goBase(path)], ['basenameNormalized', sanitizeName(goBase(path))]]
  if (file !== undefined) facts.push(['filename', goBase(file)], ['filenameNormalized', sanitizeName(goBase(file))])
  const segments = path.split('/')
  if (renderer.goTemplate) {
    const value = new Map<string, TemplateValue>([['path', path], ...facts, ['segments', segments]])
    return prefix === '' ? parameters.set('path', value) : parameters.set(prefix, new Map([['path', value]]))
  }
  const name = prefix === '' ? 'path' : `${prefix}.path`
  parameters.set(name, path)
  for (const [fact, value] of facts) parameters.set(`${name}.${fact}`, value)
  for (const [index, segment] of segments.entries()) if (segment !== '') parameters.set(`${name}[${index}]`, segment)
  return parameters
}
