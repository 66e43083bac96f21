// Kyverno: cmd/cli/kubectl-kyverno/test/filter
import { matchesWildcard } from '../../values/wildcard.ts'
import { InputError } from '../kyverno/read-documents.ts'
import type { ExpectedResult } from './test-file.ts'

/** Which results are checked, and for which resources. */
export interface Selector {
  matches(result: ExpectedResult): boolean
  /** Takes the place of the resources of every result; empty where all count. */
  readonly resources: readonly string[]
}

/** Reads `policy=P,rule=R,resource=X` with wildcards. A result that lacks what is asked for is checked in any case. */
export function parseSelector(text: string): Selector {
  const filters = text === '' ? [] : text.split(',').map(parseFilter)
  const all = filters.findIndex(({ key, value }) => key === 'resource' && value === '*')
  const named = (all < 0 ? filters : filters.slice(0, all)).filter(({ key }) => key === 'resource').map(({ value }) => value)
  return { matches: (result) => filters.every((filter) => matches(filter, result)), resources: named }
}

interface Filter {
  readonly key: 'policy' | 'rule' | 'resource'
  readonly value: string
}

function parseFilter(text: string): Filter {
  const [key = '', value, ...more] = text.split('=').map((part) => part.trim())
  if (value === undefined || more.length > 0) throw new InputError(`invalid test case selector (${text}): it has the form key=value`)
  if (key !== 'policy' && key !== 'rule' && key !== 'resource') throw new InputError(`invalid test case selector (${text}): the key is policy, rule or resource`)
  return { key, value }
}

function matches({ key, value }: Filter, { policy, rule, resources = [] }: ExpectedResult): boolean {
  const names = key === 'resource' ? resources : [key === 'policy' ? policy : rule].filter((name) => name !== '')
  return names.length === 0 || names.some((name) => matchesWildcard(value, name))
}
