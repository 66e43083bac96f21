// Kyverno: pkg/utils/kube/kind.go (ParseKindSelector), pkg/utils/match/kind.go
import { compileWildcard } from '../../values/wildcard.ts'
import type { MatchSubject } from './match-subject.ts'

/** What an entry of `kinds` selects: four wildcard patterns. */
export interface KindSelector {
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Empty where only requests without subresource are meant. */
  readonly subresource: string
}

const versionPattern = /^(?:v\d+(?:(?:alpha|beta)\d+)?|\*)$/

/** Reads `Pod`, `apps/v1/Deployment`, `Pod/status`, `v1/Pod.exec` and the like; a text of too many parts selects nothing. */
export function parseKindSelector(text: string): KindSelector {
  const slashed = text.split('/')
  // Only the last part is split at dots: groups have dots too.
  const parts = [...slashed.slice(0, -1), ...(slashed.at(-1) ?? '').split('.')]
  const [a = '', b = '', c = '', d = ''] = parts
  switch (parts.length) {
    case 1: return { group: '*', version: '*', kind: a, subresource: '' }
    case 2: return parsePair(a, b)
    case 3: return versionPattern.test(a) ? { group: '*', version: a, kind: b, subresource: c } : { group: a, version: b, kind: c, subresource: '' }
    case 4: return { group: a, version: b, kind: c, subresource: d }
    default: return { group: '', version: '', kind: '', subresource: '' }
  }
}

function parsePair(first: string, second: string): KindSelector {
  if (first === '*' && second === '*') return { group: '*', version: '*', kind: '*', subresource: '*' }
  // `*/scale`: a lower-case word is a subresource of any kind, not a kind of any version.
  if (first === '*' && second.toLowerCase() === second) return { group: '*', version: '*', kind: '*', subresource: second }
  if (versionPattern.test(first)) return { group: '*', version: first, kind: second, subresource: '' }
  return { group: '*', version: '*', kind: first, subresource: second }
}

/** The entries of one `kinds` list, prepared. */
export interface KindMatcher {
  matches(subject: Pick<MatchSubject, 'group' | 'version' | 'kind' | 'subresource'>): boolean
  /** Looks at the kind's name alone; false means that `matches` is false for every resource of the kind. */
  mayMatch(kind: string): boolean
}

/** Prepares a `kinds` list; an empty one matches every kind. */
export function compileKinds(kinds: readonly string[]): KindMatcher {
  if (kinds.length === 0) return { matches: () => true, mayMatch: () => true }
  const selectors = kinds.map((text) => compileSelector(parseKindSelector(text)))
  return {
    matches: (subject) => selectors.some((matches) => matches(subject)),
    mayMatch: (kind) => selectors.some(({ kindMatches }) => kindMatches(kind)),
  }
}

function compileSelector(selector: KindSelector) {
  const [group, version, kind, subresource] = [selector.group, selector.version, selector.kind, selector.subresource].map(compileWildcard) as
    [Test, Test, Test, Test]
  const matches = (subject: Pick<MatchSubject, 'group' | 'version' | 'kind' | 'subresource'>): boolean =>
    kind(subject.kind) && group(subject.group) && version(subject.version)
    // Adding an ephemeral container is judged by every rule about Pods, whatever subresource the rule names.
    && (subresource(subject.subresource) || (subject.subresource === 'ephemeralcontainers' && subject.kind === 'Pod' && subject.group === '' && subject.version === 'v1'))
  return Object.assign(matches, { kindMatches: kind })
}

type Test = (text: string) => boolean
