// Argo CD: applicationset/generators/cluster.go
import type { TemplateMap } from '../../../expression/go-template/index.ts'
import { matchesLabelSelector } from '../../../kubernetes/label-selector.ts'
import { isJsonObject, type JsonObject } from '../../../model/json.ts'
import type { LabelSelector } from '../../../model/label-selector.ts'
import { sanitizeName } from '../../sanitize-name.ts'
import { NotExpandable } from '../application-set-error.ts'
import { appendValues } from './append-values.ts'
import type { Cluster, Generator } from './generator.ts'

const ownServer = 'https://kubernetes.default.svc'

/** Argo CD's clusters, and the one it runs in unless labels are asked for. */
export const clusters: Generator = (block, { world, renderer }) => {
  if (world.clusters === undefined) throw new NotExpandable('NOT_EXPANDABLE', 'the clusters are not known: name a file that lists them (`clusters` in .presync.yaml)')
  const selector = isJsonObject(block['selector']) ? block['selector'] : {}
  const matching = world.clusters.filter(({ labels }) => matchesLabelSelector(selector as LabelSelector, labels))
  const parameters = matching.map((cluster) => appendValues(block, parametersOf(cluster, renderer.goTemplate), renderer))
  if (!isRestricted(selector) && !matching.some(({ server }) => server === ownServer)) {
    parameters.push(appendValues(block, new Map(Object.entries({ name: 'in-cluster', nameNormalized: 'in-cluster', server: ownServer, project: '' })), renderer))
  }
  return block['flatList'] === true ? [new Map([['clusters', parameters]])] : parameters
}

/** The cluster that Argo CD runs in has no labels to match. */
function isRestricted({ matchLabels, matchExpressions }: JsonObject): boolean {
  return (isJsonObject(matchLabels) && Object.keys(matchLabels).length > 0) || (Array.isArray(matchExpressions) && matchExpressions.length > 0)
}

function parametersOf({ name, server, project = '', labels, annotations }: Cluster, isGo: boolean): TemplateMap {
  const parameters: TemplateMap = new Map(Object.entries({ name, nameNormalized: sanitizeName(name), server, project }))
  const metadata = Object.entries({ annotations, labels }).filter(([, values]) => Object.keys(values).length > 0)
  if (isGo) return parameters.set('metadata', new Map(metadata.map(([kind, values]) => [kind, new Map(Object.entries(values))])))
  for (const [kind, values] of metadata) for (const [key, value] of Object.entries(values)) parameters.set(`metadata.${kind}.${key}`, value)
  return parameters
}
