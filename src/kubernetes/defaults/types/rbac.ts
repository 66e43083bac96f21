// kubernetes pkg/apis/rbac/v1/defaults.go

import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillZero } from '../draft.ts'

const group = 'rbac.authorization.k8s.io'

const binding: DefaultsRule = (draft) => fillZero(ensureObject(draft, 'roleRef'), 'apiGroup', group)

const subject: DefaultsRule = (draft) => {
  if (draft['kind'] === 'User' || draft['kind'] === 'Group') fillZero(draft, 'apiGroup', group)
}

export const rbacDefaults = {
  'rbac.v1.ClusterRoleBinding': binding,
  'rbac.v1.RoleBinding': binding,
  'rbac.v1.Subject': subject,
} as const satisfies Record<string, DefaultsRule>
