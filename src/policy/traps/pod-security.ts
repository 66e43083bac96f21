import { objectField, textField } from '../read-fields.ts'
import { writtenRules } from '../validation/rule-walk.ts'
import type { Trap } from './trap.ts'

/** Level privileged is not what it is in Kubernetes. */
export const podSecurity: Trap = (policy, warn) => {
  for (const { document, path } of writtenRules(policy)) {
    const check = objectField(objectField(document, 'validate') ?? {}, 'podSecurity')
    if (check && textField(check, 'level') === 'privileged') {
      warn([...path, 'validate', 'podSecurity', 'level'], 'PRIVILEGED_LEVEL', 'Kyverno runs every check at level privileged, also those of restricted; remove the rule if nothing is to be checked')
    }
  }
}
