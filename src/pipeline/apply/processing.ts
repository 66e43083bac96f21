// Kyverno: pkg/utils/report/results.go (selectProcess)
import type { ApplyResponse } from '../../model/apply-report.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Policy } from '../../model/policy.ts'

/** Where a policy takes effect, as reports say it: a background scan wins over admission; where there is neither, nothing is said. */
export function processOf(policy: Policy): ApplyResponse['process'] {
  switch (policy.kind) {
    case 'ValidatingAdmissionPolicy': case 'MutatingAdmissionPolicy': return 'background scan'
    case 'GeneratingPolicy': case 'NamespacedGeneratingPolicy': return 'admission review'
    case 'DeletingPolicy': case 'NamespacedDeletingPolicy': case 'CleanupPolicy': case 'ClusterCleanupPolicy': return ''
    case 'ClusterPolicy': case 'Policy': return select(policy.background, policy.admission)
    default: return select(isEnabled(policy.spec, 'background'), isEnabled(policy.spec, 'admission'))
  }
}

function select(background: boolean, admission: boolean): ApplyResponse['process'] {
  if (background) return 'background scan'
  return admission ? 'admission review' : ''
}

function isEnabled({ evaluation }: JsonObject, part: 'background' | 'admission'): boolean {
  const settings = isJsonObject(evaluation) ? evaluation[part] : undefined
  return !isJsonObject(settings) || settings['enabled'] !== false
}
