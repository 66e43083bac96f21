import { resolve } from 'node:path'
import type { ZodType } from 'zod'
import { readTextFile } from '../../io/files.ts'
import { parseManifests, type ManifestDocument } from '../../manifest/index.ts'
import type { Problem } from '../../model/errors.ts'
import { version } from '../../model/version.ts'
import { formatLocation } from '../../report/index.ts'
import { validateDocument } from '../validate-document.ts'
import type { ShardDocument } from './shard-schema.ts'
import { shardHeadSchema, shardSchema } from './shard-schema.ts'
import { ShardError } from './shard-error.ts'

/** A document that `presync check --shard` wrote, and the file that it is in. */
export interface Shard {
  readonly file: string
  readonly document: ShardDocument
}

/** What is wrong with a large document repeats itself. */
const shownProblems = 5

/** Reads a part of a run. Throws a `ShardError` that says where and why where it is none. */
export function readShard(file: string, cwd: string): Shard {
  const { documents, problems } = parseManifests(readTextFile(resolve(cwd, file)), file)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw invalid(errors)
  const [document, second] = documents
  if (document === undefined) throw new ShardError('INVALID_SHARD', `${file} is empty; presync check --shard did not finish writing it`)
  if (second !== undefined) throw invalid([{ message: 'a shard is one document', location: second.source }])
  const { tool } = validate(document, shardHeadSchema, 'this is not what presync check --shard writes: ')
  if (tool.version !== version) {
    throw new ShardError('SHARDS_DIFFER', `${file} was written by presync ${tool.version}, and this is ${version}: let the same presync check and merge`)
  }
  return { file, document: validate(document, shardSchema) }
}

function validate<T>(document: ManifestDocument, schema: ZodType<T>, introduction = ''): T {
  const checked = validateDocument(document, schema)
  if ('problems' in checked) throw invalid(checked.problems, introduction)
  return checked.value
}

function invalid(problems: readonly Pick<Problem, 'message' | 'location'>[], introduction = ''): ShardError {
  const lines = problems.slice(0, shownProblems).map(({ message, location }) => `${location === undefined ? '' : `${formatLocation(location)}: `}${introduction}${message}`)
  const rest = problems.length - lines.length
  return new ShardError('INVALID_SHARD', [...lines, ...(rest > 0 ? [`… and ${rest} more`] : [])].join('\n'))
}
