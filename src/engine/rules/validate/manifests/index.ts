// Kyverno: pkg/engine/handlers/validation/validate_manifest.go
import { isJsonArray, isJsonObject } from '../../../../model/json.ts'
import { attempt } from '../../../attempt.ts'
import { fail, failToEvaluate, pass } from '../../outcome.ts'
import type { CheckCompiler } from '../check.ts'
import { checkAttestorSet } from './attestors.ts'
import { readFieldBindings } from './ignored-fields.ts'

/** The manifest must be signed: annotations hold what was signed and the signatures, and the object must still look like it. */
export const manifests: CheckCompiler<'manifests'> = ({ manifests: settings }) => {
  const sets = isJsonArray(settings['attestors']) ? settings['attestors'].filter((set) => isJsonObject(set)) : []
  const domain = typeof settings['annotationDomain'] === 'string' && settings['annotationDomain'] !== '' ? settings['annotationDomain'] : 'cosign.sigstore.dev'
  const ignoreFields = readFieldBindings(settings['ignoreFields'])
  return ({ fields: { state } }) => {
    const view = state.current
    if (view === undefined) return undefined
    const reasons: string[] = []
    for (const [index, set] of sets.entries()) {
      const result = attempt(() => checkAttestorSet(set, { view, domain, ignoreFields }, `.attestors[${index}]`))
      if (result.error) return failToEvaluate('error occurred during manifest verification', result.error)
      if (!result.value.verified) return fail(result.value.reason, [{ path: ['metadata', 'annotations', `${domain}/signature`], message: result.value.reason }])
      reasons.push(result.value.reason)
    }
    return pass(`verified manifest signatures; ${reasons.join(',')}`)
  }
}
