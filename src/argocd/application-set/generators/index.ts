import { NotExpandable } from '../application-set-error.ts'
import { clusters } from './clusters.ts'
import type { Generator } from './generator.ts'
import { git } from './git.ts'
import { list } from './list.ts'
import { matrix } from './matrix.ts'
import { merge } from './merge.ts'

const askOutside = (what: string): Generator => () => { throw new NotExpandable('NOT_EXPANDABLE', `it asks ${what}`) }

/** Generators by their field, in Argo CD's order; those that ask the outside world are known and have no answer here. */
export const generators = {
  list, clusters, git,
  scmProvider: askOutside('a forge for its repositories'),
  clusterDecisionResource: askOutside('the cluster for a resource that lists clusters'),
  pullRequest: askOutside('a forge for its open pull requests'),
  matrix, merge,
  plugin: askOutside('a service of its own'),
} as const satisfies Record<string, Generator>
