// Faithful to k8s.io/pod-security-admission policy/check_restrictedVolumes.go.
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { isSet, type Volume } from '../pod.ts'
import { plural, quoteAll } from '../wording.ts'

const allowed = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'] as const
/** In the order in which a volume with several of them is named. */
const restricted = [
  'hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs', 'flocker', 'fc',
  'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'portworxVolume', 'scaleIO', 'storageos',
] as const

/** Volumes hold configuration, secrets, scratch space or claimed storage. */
export const restrictedVolumes: PodSecurityCheck = {
  id: 'restrictedVolumes',
  summary: 'every volume is of a type that does not tie the Pod to infrastructure',
  remedy: 'use a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret',
  level: 'restricted',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const errors: FieldError[] = []
      const types: string[] = []
      spec.volumes?.forEach((volume, index) => {
        const has = (source: keyof Volume) => isSet(volume) && Object.hasOwn(volume, source) && isSet(volume[source])
        if (allowed.some(has)) return
        // A volume without a source is an emptyDir to the API server, and "unknown" here.
        const type = restricted.find(has) ?? 'unknown'
        names.push(volume?.name ?? '')
        types.push(type)
        errors.push(forbidden(['spec', 'volumes', index, type]))
      })
      if (names.length === 0) return undefined
      const distinct = sortedSet(types)
      const what = plural(distinct.length, 'restricted volume type', 'restricted volume types')
      return {
        reason: 'restricted volume types',
        detail: `${plural(names.length, 'volume', 'volumes')} ${quoteAll(names)} ${plural(names.length, 'uses', 'use')} ${what} ${quoteAll(distinct)}`,
        errors,
      }
    },
  }],
}
