// kubernetes pkg/apis/autoscaling/v2/defaults.go

import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillAbsent, objectAt } from '../draft.ts'

const scaleUp = {
  stabilizationWindowSeconds: 0, selectPolicy: 'Max',
  policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, { type: 'Percent', value: 100, periodSeconds: 15 }],
}
const scaleDown = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] }

const autoscalerSpec: DefaultsRule = (spec) => {
  if (!Array.isArray(spec['metrics']) || spec['metrics'].length === 0) {
    spec['metrics'] = [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }]
  }
  const behavior = objectAt(spec, 'behavior')
  if (behavior === undefined) return
  for (const [name, rules] of Object.entries({ scaleUp, scaleDown })) {
    const own = ensureObject(behavior, name)
    for (const [field, value] of Object.entries(rules)) fillAbsent(own, field, structuredClone(value))
  }
}

export const autoscalingDefaults = {
  'autoscaling.v2.HorizontalPodAutoscalerSpec': autoscalerSpec,
} as const satisfies Record<string, DefaultsRule>
