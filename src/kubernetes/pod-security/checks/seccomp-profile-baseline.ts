// Faithful to k8s.io/pod-security-admission policy/check_seccompProfile_baseline.go.
import { compareText } from '../../../values/text-order.ts'
import { goQuote } from '../../../values/go-quote.ts'
import { forbidden, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import { visitContainers, type Pod } from '../pod.ts'
import { plural } from '../wording.ts'
import { findBadSeccompTypes } from './seccomp-profile.ts'

const podAnnotation = 'seccomp.security.alpha.kubernetes.io/pod'
const containerPrefix = 'container.seccomp.security.alpha.kubernetes.io/'

/** Seccomp must not be switched off; leaving it unset is allowed. */
export const seccompProfileBaseline: PodSecurityCheck = {
  id: 'seccompProfile_baseline',
  summary: 'the seccomp profile is absent, RuntimeDefault or Localhost',
  remedy: 'use RuntimeDefault or Localhost, or remove it',
  level: 'baseline',
  versions: [
    { since: 0, run: findBadAnnotations },
    { since: 19, run: ({ spec }) => findBadSeccompTypes(spec) },
  ],
}

/** Before 1.19 the profile was an annotation. */
function findBadAnnotations({ metadata, spec }: Pod): Forbidden | undefined {
  const annotations = metadata.annotations ?? {}
  const bad = new Map<string, FieldError[]>()
  const look = (key: string) => {
    if (!Object.hasOwn(annotations, key)) return
    const value = annotations[key] ?? ''
    if (value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/')) return
    const text = `${key}=${goQuote(value)}`
    bad.set(text, [...bad.get(text) ?? [], forbidden(['metadata', 'annotations', key], value)])
  }
  look(podAnnotation)
  visitContainers(spec, (_container, _path, name) => look(containerPrefix + name))
  if (bad.size === 0) return undefined
  const sorted = [...bad].toSorted(([a], [b]) => compareText(a, b))
  return {
    reason: 'seccompProfile',
    detail: `forbidden ${plural(sorted.length, 'annotation', 'annotations')} ${sorted.map(([text]) => text).join(', ')}`,
    errors: sorted.flatMap(([, errors]) => errors),
  }
}
