// kubernetes plugin/pkg/admission: the plug-ins that change what is created and need nothing but the object.

import type { DefaultsRule } from './defaults-context.ts'
import { ensureObject, fillAbsent, fillZero, objectsAt, textAt, type Draft, type DraftValue } from './draft.ts'

/** Which built-in admission plug-ins an API server runs; on by default except `ServiceAccount`, which asks the cluster for the account. */
export type AdmissionPlugin = 'DefaultTolerationSeconds' | 'Priority' | 'ServiceAccount' | 'StorageObjectInUseProtection'

export const defaultPlugins: readonly AdmissionPlugin[] = ['DefaultTolerationSeconds', 'Priority', 'StorageObjectInUseProtection']

/** By plug-in, then by `group/kind`. In the order in which the API server runs them. */
export const admissionPlugins: Readonly<Record<AdmissionPlugin, Readonly<Record<string, DefaultsRule>>>> = {
  ServiceAccount: { '/Pod': addServiceAccount },
  Priority: { '/Pod': addPriority },
  DefaultTolerationSeconds: { '/Pod': addTolerations },
  StorageObjectInUseProtection: {
    '/PersistentVolume': (draft) => addFinalizer(draft, 'kubernetes.io/pv-protection'),
    '/PersistentVolumeClaim': (draft) => addFinalizer(draft, 'kubernetes.io/pvc-protection'),
  },
}

const builtinPriorities: ReadonlyMap<string, number> = new Map([['', 0], ['system-cluster-critical', 2_000_000_000], ['system-node-critical', 2_000_001_000]])

/** The priority of other classes is the cluster's to say, and so is which one is the default. */
function addPriority(draft: Draft): void {
  const spec = ensureObject(draft, 'spec')
  const priority = builtinPriorities.get(textAt(spec, 'priorityClassName'))
  if (priority !== undefined) fillAbsent(spec, 'priority', priority)
  fillAbsent(spec, 'preemptionPolicy', 'PreemptLowerPriority')
}

function addTolerations(draft: Draft): void {
  const spec = ensureObject(draft, 'spec')
  const known = objectsAt(spec, 'tolerations')
  const added: DraftValue[] = []
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    const tolerated = known.some((toleration) => ['', key].includes(textAt(toleration, 'key')) && ['', 'NoExecute'].includes(textAt(toleration, 'effect')))
    if (!tolerated) added.push({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 })
  }
  if (added.length > 0) spec['tolerations'] = [...known, ...added]
}

function addFinalizer(draft: Draft, finalizer: string): void {
  const metadata = ensureObject(draft, 'metadata')
  const known = Array.isArray(metadata['finalizers']) ? metadata['finalizers'] : []
  if (!known.includes(finalizer)) metadata['finalizers'] = [...known, finalizer]
}

const tokenPath = '/var/run/secrets/kubernetes.io/serviceaccount'
/** The real name ends in five random letters. */
const tokenVolume = 'kube-api-access-xxxxx'

/** Names the account and mounts its token, as for an account that does not forbid it. */
function addServiceAccount(draft: Draft): void {
  const spec = ensureObject(draft, 'spec')
  fillZero(spec, 'serviceAccountName', 'default')
  spec['serviceAccount'] = textAt(spec, 'serviceAccountName')
  if (spec['automountServiceAccountToken'] === false) return
  let mounted = false
  for (const container of [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')]) {
    const mounts = objectsAt(container, 'volumeMounts')
    if (mounts.some((mount) => mount['mountPath'] === tokenPath)) continue
    container['volumeMounts'] = [...mounts, { mountPath: tokenPath, name: tokenVolume, readOnly: true }]
    mounted = true
  }
  if (mounted) spec['volumes'] = [...objectsAt(spec, 'volumes'), { name: tokenVolume, projected: { defaultMode: 0o644, sources: tokenSources() } }]
}

function tokenSources(): DraftValue[] {
  return [
    { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
  ]
}
