// The types of k8s.io/api/core/v1 that matter here: what the checks read, and the fields that manifests most often get wrong.
import type { Shape, Struct } from './shape.ts'

const struct = (name: string, fields: Readonly<Record<string, Shape>>): Struct => ({ struct: name, fields })
const list = (shape: Shape): Shape => ({ list: shape })

export const objectMeta = struct('ObjectMeta', {
  name: 'string', generateName: 'string', namespace: 'string',
  labels: { map: 'string' }, annotations: { map: 'string' }, finalizers: list('string'), ownerReferences: list('any'),
})

const seLinuxOptions = struct('SELinuxOptions', { user: 'string', role: 'string', type: 'string', level: 'string' })
const profile = (name: string) => struct(name, { type: 'string', localhostProfile: 'string' })
const shared = {
  seLinuxOptions,
  seccompProfile: profile('SeccompProfile'),
  appArmorProfile: profile('AppArmorProfile'),
  windowsOptions: struct('WindowsSecurityContextOptions', {
    gmsaCredentialSpecName: 'string', gmsaCredentialSpec: 'string', runAsUserName: 'string', hostProcess: 'bool',
  }),
  runAsUser: 'int64', runAsGroup: 'int64', runAsNonRoot: 'bool',
} as const
const securityContext = struct('SecurityContext', {
  ...shared,
  capabilities: struct('Capabilities', { add: list('string'), drop: list('string') }),
  privileged: 'bool', readOnlyRootFilesystem: 'bool', allowPrivilegeEscalation: 'bool', procMount: 'string',
})
const podSecurityContext = struct('PodSecurityContext', {
  ...shared,
  supplementalGroups: list('int64'), supplementalGroupsPolicy: 'string', fsGroup: 'int64', fsGroupChangePolicy: 'string',
  sysctls: list(struct('Sysctl', { name: 'string', value: 'string' })),
})

const handler = {
  exec: struct('ExecAction', { command: list('string') }),
  httpGet: struct('HTTPGetAction', {
    path: 'string', port: 'numeric', host: 'string', scheme: 'string', httpHeaders: list(struct('HTTPHeader', { name: 'string', value: 'string' })),
  }),
  tcpSocket: struct('TCPSocketAction', { port: 'numeric', host: 'string' }),
} as const
const probe = struct('Probe', {
  ...handler,
  initialDelaySeconds: 'int32', timeoutSeconds: 'int32', periodSeconds: 'int32', successThreshold: 'int32', failureThreshold: 'int32',
  terminationGracePeriodSeconds: 'int64',
})
const lifecycleHandler = struct('LifecycleHandler', handler)

const container = (name: string) => struct(name, {
  name: 'string', image: 'string', command: list('string'), args: list('string'), workingDir: 'string',
  ports: list(struct('ContainerPort', { name: 'string', hostPort: 'int32', containerPort: 'int32', protocol: 'string', hostIP: 'string' })),
  envFrom: list(struct('EnvFromSource', { prefix: 'string' })),
  env: list(struct('EnvVar', { name: 'string', value: 'string', valueFrom: struct('EnvVarSource', {}) })),
  resources: struct('ResourceRequirements', { limits: { map: 'numeric' }, requests: { map: 'numeric' } }),
  volumeMounts: list(struct('VolumeMount', { name: 'string', readOnly: 'bool', mountPath: 'string', subPath: 'string', mountPropagation: 'string' })),
  livenessProbe: probe, readinessProbe: probe, startupProbe: probe,
  lifecycle: struct('Lifecycle', { postStart: lifecycleHandler, preStop: lifecycleHandler }),
  terminationMessagePath: 'string', terminationMessagePolicy: 'string', imagePullPolicy: 'string', restartPolicy: 'string',
  securityContext, stdin: 'bool', stdinOnce: 'bool', tty: 'bool',
})

const source = (name: string, fields: Readonly<Record<string, Shape>> = {}) => struct(`${name}VolumeSource`, fields)
const volume = struct('Volume', {
  name: 'string',
  hostPath: source('HostPath', { path: 'string', type: 'string' }),
  emptyDir: source('EmptyDir', { medium: 'string', sizeLimit: 'numeric' }),
  gcePersistentDisk: source('GCEPersistentDisk'), awsElasticBlockStore: source('AWSElasticBlockStore'), gitRepo: source('GitRepo'),
  secret: source('Secret', { secretName: 'string', defaultMode: 'int32', optional: 'bool' }),
  nfs: source('NFS', { server: 'string', path: 'string', readOnly: 'bool' }),
  iscsi: source('ISCSI'), glusterfs: source('Glusterfs'),
  persistentVolumeClaim: source('PersistentVolumeClaim', { claimName: 'string', readOnly: 'bool' }),
  rbd: source('RBD'), flexVolume: source('Flex'), cinder: source('Cinder'), cephfs: source('CephFS'), flocker: source('Flocker'),
  downwardAPI: source('DownwardAPI'), fc: source('FC'), azureFile: source('AzureFile'),
  configMap: source('ConfigMap', { name: 'string', defaultMode: 'int32', optional: 'bool' }),
  vsphereVolume: source('VsphereVirtualDisk'), quobyte: source('Quobyte'), azureDisk: source('AzureDisk'),
  photonPersistentDisk: source('PhotonPersistentDisk'), projected: source('Projected', { sources: list('any'), defaultMode: 'int32' }),
  portworxVolume: source('Portworx'), scaleIO: source('ScaleIO'), storageos: source('StorageOS'), csi: source('CSI'),
  ephemeral: source('Ephemeral'), image: source('Image', { reference: 'string', pullPolicy: 'string' }),
})

const podSpec = struct('PodSpec', {
  volumes: list(volume),
  initContainers: list(container('Container')), containers: list(container('Container')), ephemeralContainers: list(container('EphemeralContainer')),
  restartPolicy: 'string', terminationGracePeriodSeconds: 'int64', activeDeadlineSeconds: 'int64', dnsPolicy: 'string', nodeSelector: { map: 'string' },
  serviceAccountName: 'string', serviceAccount: 'string', automountServiceAccountToken: 'bool', nodeName: 'string',
  hostNetwork: 'bool', hostPID: 'bool', hostIPC: 'bool', shareProcessNamespace: 'bool', hostUsers: 'bool',
  securityContext: podSecurityContext, imagePullSecrets: list(struct('LocalObjectReference', { name: 'string' })),
  hostname: 'string', subdomain: 'string', schedulerName: 'string', priorityClassName: 'string', priority: 'int32', runtimeClassName: 'string',
  enableServiceLinks: 'bool', os: struct('PodOS', { name: 'string' }),
})
const template = struct('PodTemplateSpec', { metadata: objectMeta, spec: podSpec })

/** A Pod. */
export const podShape = struct('Pod', { metadata: objectMeta, spec: podSpec })

/** Any controller with `spec.template`; Kyverno decodes them all as Deployments. */
export const controllerShape = struct('Deployment', { metadata: objectMeta, spec: struct('DeploymentSpec', { replicas: 'int32', template }) })

/** A CronJob. */
export const cronJobShape = struct('CronJob', {
  metadata: objectMeta,
  spec: struct('CronJobSpec', {
    schedule: 'string', suspend: 'bool',
    jobTemplate: struct('JobTemplateSpec', { metadata: objectMeta, spec: struct('JobSpec', { template }) }),
  }),
})
