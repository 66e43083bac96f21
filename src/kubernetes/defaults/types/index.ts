import type { DefaultsRule } from '../defaults-context.ts'
import { apiextensionsDefaults } from './apiextensions.ts'
import { appsDefaults } from './apps.ts'
import { autoscalingDefaults } from './autoscaling.ts'
import { batchDefaults } from './batch.ts'
import { coreDefaults } from './core.ts'
import { networkingDefaults } from './networking.ts'
import { rbacDefaults } from './rbac.ts'

/** Defaults that depend on more than the field itself, by Go type. One line a group. */
export const typeDefaults: ReadonlyMap<string, DefaultsRule> = new Map<string, DefaultsRule>(Object.entries({
  ...apiextensionsDefaults,
  ...appsDefaults,
  ...autoscalingDefaults,
  ...batchDefaults,
  ...coreDefaults,
  ...networkingDefaults,
  ...rbacDefaults,
}))
