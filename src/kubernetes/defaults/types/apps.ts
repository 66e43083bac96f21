// kubernetes pkg/apis/apps/v1/defaults.go

import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillAbsent, fillZero, objectAt, textAt } from '../draft.ts'

const rollingUpdateOfStatefulSetsSince = 37

const deploymentSpec: DefaultsRule = (spec) => {
  const strategy = ensureObject(spec, 'strategy')
  fillZero(strategy, 'type', 'RollingUpdate')
  if (strategy['type'] !== 'RollingUpdate') return
  const rolling = ensureObject(strategy, 'rollingUpdate')
  fillAbsent(rolling, 'maxUnavailable', '25%')
  fillAbsent(rolling, 'maxSurge', '25%')
}

const daemonSetSpec: DefaultsRule = (spec) => {
  const strategy = ensureObject(spec, 'updateStrategy')
  fillZero(strategy, 'type', 'RollingUpdate')
  if (strategy['type'] !== 'RollingUpdate') return
  const rolling = ensureObject(strategy, 'rollingUpdate')
  fillAbsent(rolling, 'maxUnavailable', 1)
  fillAbsent(rolling, 'maxSurge', 0)
}

const statefulSetSpec: DefaultsRule = (spec, { minor }) => {
  const strategy = ensureObject(spec, 'updateStrategy')
  if (textAt(strategy, 'type') === '') {
    strategy['type'] = 'RollingUpdate'
    ensureObject(strategy, 'rollingUpdate')
  }
  const rolling = strategy['type'] === 'RollingUpdate' ? objectAt(strategy, 'rollingUpdate') : undefined
  if (rolling !== undefined) {
    fillAbsent(rolling, 'partition', 0)
    if (minor >= rollingUpdateOfStatefulSetsSince) fillAbsent(rolling, 'maxUnavailable', 1)
  }
  const retention = ensureObject(spec, 'persistentVolumeClaimRetentionPolicy')
  fillZero(retention, 'whenDeleted', 'Retain')
  fillZero(retention, 'whenScaled', 'Retain')
}

export const appsDefaults = {
  'apps.v1.DaemonSetSpec': daemonSetSpec,
  'apps.v1.DeploymentSpec': deploymentSpec,
  'apps.v1.StatefulSetSpec': statefulSetSpec,
} as const satisfies Record<string, DefaultsRule>
