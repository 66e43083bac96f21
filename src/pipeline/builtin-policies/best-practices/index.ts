import { clusterAdminUnbound } from './cluster-admin-unbound.ts'
import { externalIpsRefused } from './external-ips-refused.ts'
import { hostPathsAvoided } from './host-paths-avoided.ts'
import { imageVersionNamed } from './image-version-named.ts'
import { ingressEncrypted } from './ingress-encrypted.ts'
import { nameLabelled } from './name-labelled.ts'
import { namespaceChosen } from './namespace-chosen.ts'
import { nodePortsAvoided } from './node-ports-avoided.ts'
import { podsManaged } from './pods-managed.ts'
import { readinessProbed } from './readiness-probed.ts'
import { resourcesRequested } from './resources-requested.ts'
import { rightsEnumerated } from './rights-enumerated.ts'
import { rootFilesystemReadOnly } from './root-filesystem-read-only.ts'
import { secretsReferenced } from './secrets-referenced.ts'

/** What reviews of manifests ask for again and again, one policy each. Audited, never enforced. */
export const bestPractices = [
  clusterAdminUnbound,
  externalIpsRefused,
  hostPathsAvoided,
  imageVersionNamed,
  ingressEncrypted,
  nameLabelled,
  namespaceChosen,
  nodePortsAvoided,
  podsManaged,
  readinessProbed,
  resourcesRequested,
  rightsEnumerated,
  rootFilesystemReadOnly,
  secretsReferenced,
].join('---\n')
