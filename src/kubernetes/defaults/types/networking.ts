// kubernetes pkg/apis/networking/v1/defaults.go

import type { DefaultsRule } from '../defaults-context.ts'
import { isEmpty } from '../draft.ts'

const networkPolicySpec: DefaultsRule = (spec) => {
  if (isEmpty(spec['policyTypes'])) spec['policyTypes'] = isEmpty(spec['egress']) ? ['Ingress'] : ['Ingress', 'Egress']
}

export const networkingDefaults = {
  'networking.v1.NetworkPolicySpec': networkPolicySpec,
} as const satisfies Record<string, DefaultsRule>
