// Argo CD: docs/operator-manual/declarative-setup.md (clusters as Secrets), applicationset/generators/cluster.go
import { resolve } from 'node:path'
import type { Cluster } from '../../argocd/index.ts'
import { parseManifests } from '../../manifest/index.ts'
import { KnownError, type Problem } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { SourceLocation } from '../../model/source.ts'
import { decodeBase64 } from '../../values/base64.ts'
import type { SourceTexts } from '../source-texts.ts'

/** The clusters of an inventory and what is wrong with it. */
export interface LoadedClusters {
  readonly clusters: readonly Cluster[]
  readonly problems: readonly Problem[]
}

const secretType = 'argocd.argoproj.io/secret-type'

/** Reads a file with clusters: Argo CD's Secrets, or a list of `name`, `server`, `labels`, `annotations`, `project`. */
export function loadClusters(file: string, { cwd, texts }: { readonly cwd: string; readonly texts: SourceTexts }): LoadedClusters {
  try {
    const { documents, problems } = parseManifests(texts.read(resolve(cwd, file), file), file)
    const broken = problems.filter(({ code }) => code.startsWith('INVALID_') || code === 'LIMIT_EXCEEDED')
    const found: Problem[] = [...broken]
    const clusters = documents.flatMap(({ value, source }) => entriesOf(value).flatMap((entry) => {
      const cluster = isJsonObject(entry) ? readCluster(entry) : undefined
      if (cluster === undefined) found.push(invalid('a cluster has a name and a server', source))
      return cluster ?? []
    }))
    if (clusters.length === 0 && found.length === 0) found.push(invalid(`${file} lists no clusters`, { file, line: 1, column: 1 }))
    return { clusters, problems: found }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { clusters: [], problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

function invalid(message: string, location: SourceLocation): Problem {
  return { code: 'INVALID_CLUSTERS', severity: 'error', message, location }
}

function entriesOf(value: JsonValue): readonly JsonValue[] {
  if (isJsonArray(value)) return value
  if (!isJsonObject(value)) return [value]
  for (const list of [value['clusters'], value['items']]) if (isJsonArray(list)) return list
  return [value]
}

function readCluster(entry: JsonObject): Cluster | undefined {
  const isSecret = entry['kind'] === 'Secret'
  const metadata = isSecret && isJsonObject(entry['metadata']) ? entry['metadata'] : entry
  const get = isSecret ? secretReader(entry) : (name: string) => (typeof entry[name] === 'string' ? entry[name] : undefined)
  const [name, server, project] = [get('name'), get('server'), get('project')]
  if (name === undefined || server === undefined) return undefined
  return {
    name, server, ...(project === undefined ? {} : { project }),
    labels: { ...readTexts(metadata['labels']), [secretType]: 'cluster' }, annotations: readTexts(metadata['annotations']),
  }
}

function secretReader({ data, stringData }: JsonObject): (name: string) => string | undefined {
  return (name) => {
    const plain = isJsonObject(stringData) ? stringData[name] : undefined
    if (typeof plain === 'string') return plain
    const encoded = isJsonObject(data) ? data[name] : undefined
    return typeof encoded === 'string' ? decodeBase64(encoded)?.toString('utf8') : undefined
  }
}

function readTexts(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {}
}
