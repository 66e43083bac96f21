// Faithful to k8s.io/pod-security-admission policy/check_hostPathVolumes.go.
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { isSet } from '../pod.ts'
import { plural, quoteAll } from '../wording.ts'

/** Directories of the host are not mounted. */
export const hostPathVolumes: PodSecurityCheck = {
  id: 'hostPathVolumes',
  summary: 'no volume is a hostPath',
  remedy: 'mount a persistentVolumeClaim, configMap, secret or emptyDir instead',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const errors: FieldError[] = []
      spec.volumes?.forEach((volume, index) => {
        if (!isSet(volume?.hostPath)) return
        names.push(volume.name ?? '')
        errors.push(forbidden(['spec', 'volumes', index, 'hostPath'], volume.hostPath.path ?? ''))
      })
      if (names.length === 0) return undefined
      return { reason: 'hostPath volumes', detail: `${plural(names.length, 'volume', 'volumes')} ${quoteAll(names)}`, errors }
    },
  }],
}
