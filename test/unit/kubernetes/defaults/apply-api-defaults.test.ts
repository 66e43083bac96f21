import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/model/json.ts'
import { applyApiDefaults } from '../../../../src/kubernetes/defaults/apply-api-defaults.ts'
import { schemaCatalog, withCustomResources } from '../../../../src/kubernetes/schema/schema-catalog.ts'

const kubeVersion = '1.36'
const pod = (spec: JsonObject, metadata: JsonObject = { name: 'a' }): JsonObject => ({ apiVersion: 'v1', kind: 'Pod', metadata, spec })
const inPod = (spec: JsonObject, options = {}) => (applyApiDefaults(pod(spec), { kubeVersion, ...options }) as { spec: JsonObject }).spec

describe('pods', () => {
  test('a minimal pod', () => {
    expect(applyApiDefaults(pod({ containers: [{ name: 'c', image: 'web:1' }] }), { kubeVersion })).toEqual({
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', generation: 1 },
      spec: {
        containers: [{
          name: 'c', image: 'web:1', imagePullPolicy: 'IfNotPresent', resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File',
        }],
        dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {}, schedulerName: 'default-scheduler', terminationGracePeriodSeconds: 30,
        enableServiceLinks: true, priority: 0, preemptionPolicy: 'PreemptLowerPriority',
        tolerations: ['not-ready', 'unreachable'].map((what) => ({ effect: 'NoExecute', key: `node.kubernetes.io/${what}`, operator: 'Exists', tolerationSeconds: 300 })),
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    })
  })

  test.each([
    ['web', 'Always'], ['web:latest', 'Always'], ['web:1', 'IfNotPresent'], [`web@sha256:${'0'.repeat(64)}`, 'IfNotPresent'], ['Not An Image', 'IfNotPresent'],
  ])('the pull policy of %s is %s', (image, imagePullPolicy) => {
    expect(inPod({ containers: [{ name: 'c', image }] })).toMatchObject({ containers: [{ imagePullPolicy }] })
  })

  test('quantities become canonical and limits are requests', () => {
    const spec = inPod({ containers: [{ name: 'c', resources: { limits: { cpu: 0.5, memory: '1024Mi' }, requests: { cpu: '1000m' } } }] })
    expect(spec).toMatchObject({ containers: [{ resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } } }] })
  })

  test.each([
    [{}, 'BestEffort'],
    [{ limits: { cpu: '1', memory: '1Gi' } }, 'Guaranteed'],
    [{ limits: { cpu: '1' } }, 'Burstable'],
    [{ requests: { memory: '1Gi' } }, 'Burstable'],
    [{ requests: { cpu: '0' } }, 'BestEffort'],
  ])('resources %j make a %s pod', (resources, qosClass) => {
    expect(applyApiDefaults(pod({ containers: [{ name: 'c', resources }] }))).toMatchObject({ status: { qosClass } })
  })

  test('resources of a whole pod', () => {
    const requests = (cpu: string) => ({ resources: { requests: { cpu } } })
    const spec: JsonObject = {
      resources: { limits: { cpu: '2', memory: '1Gi' } }, containers: [{ name: 'c', ...requests('300m') }, { name: 'd', ...requests('300m') }],
      initContainers: [{ name: 's', restartPolicy: 'Always', ...requests('100m') }, { name: 'i', ...requests('800m') }],
    }
    expect(inPod(spec)).toMatchObject({ resources: { requests: { cpu: '900m', memory: '1Gi' } } })
    expect(inPod(spec, { kubeVersion: '1.33' })).not.toHaveProperty('resources.requests')
  })

  test('amounts are kept in whole thousandths, whatever spaces stand around them', () => {
    const spec = inPod({ containers: [{ name: 'c', resources: { requests: { cpu: '1500u', memory: ' 1Gi ' } } }], volumes: [{ name: 'v', emptyDir: { sizeLimit: '1500u' } }] })
    expect(spec).toMatchObject({ containers: [{ resources: { requests: { cpu: '2m', memory: '1Gi' } } }], volumes: [{ emptyDir: { sizeLimit: '1500u' } }] })
  })

  test('the sum of amounts is written as the first of them, containers before initial ones', () => {
    const requests = (memory: string, more: JsonObject = {}) => ({ name: memory, resources: { requests: { memory } }, ...more })
    const resources = { limits: { memory: '20Gi' } }
    expect(inPod({ resources, initContainers: [requests('12e6', { restartPolicy: 'Always' })], containers: [requests('5G')] })).toMatchObject({ resources: { requests: { memory: '5012M' } } })
    expect(inPod({ resources, initContainers: [requests('12e6', { restartPolicy: 'Always' }), requests('5G')], containers: [{ name: 'c' }] }))
      .toMatchObject({ resources: { requests: { memory: '5012M' } } })
  })

  test('fields of features that are off are not stored, though admission sees them', () => {
    const sources = [{ clusterTrustBundle: { name: 'roots', path: 'roots.pem' } }]
    const object = { containers: [{ name: 'c', lifecycle: { stopSignal: 'SIGUSR1' } }], volumes: [{ name: 'v', projected: { sources } }] }
    expect(inPod(object)).toMatchObject({ containers: [{ lifecycle: {} }], volumes: [{ projected: { sources: [{}] } }] })
    expect(inPod(object)).not.toHaveProperty('containers.0.lifecycle.stopSignal')
    expect(inPod(object)).not.toHaveProperty('volumes.0.projected.sources.0.clusterTrustBundle')
    expect(inPod(object, { beforeStorage: true })).toHaveProperty('containers.0.lifecycle.stopSignal')
    expect(inPod(object, { kubeVersion: '1.37' })).toHaveProperty('volumes.0.projected.sources.0.clusterTrustBundle')
  })

  test('what Go leaves out of its answer when it is empty disappears; pointers stay', () => {
    const spec = inPod({ hostNetwork: false, nodeSelector: {}, automountServiceAccountToken: false, containers: [{ name: 'c', env: [], stdin: false, command: null }] })
    expect(spec).not.toHaveProperty('hostNetwork')
    expect(spec).not.toHaveProperty('nodeSelector')
    expect(spec).toHaveProperty('automountServiceAccountToken', false)
    expect(Object.keys((spec['containers'] as JsonObject[])[0]!).toSorted()).toEqual(['imagePullPolicy', 'name', 'resources', 'terminationMessagePath', 'terminationMessagePolicy'])
  })

  test('undeclared fields and a status are dropped, values of the server are not made up', () => {
    const result = applyApiDefaults({ ...pod({ colour: 'red', containers: [] }, { name: 'a', uid: 'x', resourceVersion: '1' }), status: { phase: 'Running' } })
    expect(result).not.toHaveProperty('spec.colour')
    expect(result).toMatchObject({ status: { phase: 'Pending' }, metadata: { name: 'a' } })
    expect(result['metadata']).not.toHaveProperty('uid')
  })

  test('the account is known by two names, and mounted where the plug-in runs', () => {
    expect(inPod({ serviceAccount: 'robot', containers: [] })).toMatchObject({ serviceAccount: 'robot', serviceAccountName: 'robot' })
    const spec = inPod({ containers: [{ name: 'c' }] }, { plugins: ['ServiceAccount'] })
    expect(spec).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default', containers: [{ volumeMounts: [{ readOnly: true }] }] })
    expect(spec).not.toHaveProperty('tolerations')
    expect(inPod({ automountServiceAccountToken: false, containers: [{ name: 'c' }] }, { plugins: ['ServiceAccount'] })).not.toHaveProperty('volumes')
  })

  test('tolerations that are there already are not added', () => {
    expect(inPod({ containers: [], tolerations: [{ operator: 'Exists' }] })['tolerations']).toEqual([{ operator: 'Exists' }])
  })

  test('host ports of a pod on the host network', () => {
    expect(inPod({ hostNetwork: true, containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] })).toMatchObject({
      containers: [{ ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }] }],
    })
  })
})

describe('other kinds', () => {
  const apply = (object: JsonObject, version = kubeVersion) => applyApiDefaults(object, { kubeVersion: version })
  const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [] } }

  test('a Deployment', () => {
    expect(apply({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { replicas: 0, strategy: { type: 'Recreate' }, template } })).toMatchObject({
      spec: { replicas: 0, strategy: { type: 'Recreate' }, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, template: { spec: { dnsPolicy: 'ClusterFirst' } } },
      status: {},
    })
  })

  test('fields and habits of versions', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template: { spec: { containers: [] } } } }
    expect(apply(job, '1.28')).not.toHaveProperty('spec.podReplacementPolicy')
    expect(apply(job, '1.33')).toMatchObject({ spec: { podReplacementPolicy: 'TerminatingOrFailed', manualSelector: false } })
    expect(apply(job, '1.33')).toHaveProperty('spec.template.metadata.creationTimestamp', null)
    expect(apply(job, '1.36')).not.toHaveProperty('spec.template.metadata.creationTimestamp')
  })

  test('a Service', () => {
    const service = (spec: JsonObject) => apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec })['spec']
    expect(service({ ports: [{ port: 80 }] })).toEqual({
      type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack',
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
    })
    expect(service({ type: 'ExternalName', externalName: 'a.example' })).toEqual({ type: 'ExternalName', externalName: 'a.example', sessionAffinity: 'None' })
    expect(service({ clusterIP: 'None', ports: [] })).toMatchObject({ clusterIPs: ['None'], ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] })
  })

  test('the families of a Service that leads anywhere', () => {
    const families = (spec: JsonObject) => (apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { clusterIP: 'None', ...spec } })['spec'] as JsonObject)['ipFamilies']
    expect(families({ ipFamilies: ['IPv6'] })).toEqual(['IPv6', 'IPv4'])
    expect(families({ ipFamilyPolicy: 'SingleStack' })).toEqual(['IPv4'])
    expect(families({ ipFamilies: ['IPv6'], selector: { app: 'a' } })).toEqual(['IPv6'])
  })

  test('an empty list that Go prints is stored as none', () => {
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'a' }, rules: [] }
    expect(apply(role)).toHaveProperty('rules', null)
    expect(applyApiDefaults(role, { kubeVersion, beforeStorage: true })).toHaveProperty('rules', [])
  })

  test('an autoscaler of version 1 scales by CPU unless an annotation lists other metrics', () => {
    const target = (metadata: JsonObject) => (apply({ apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', metadata, spec: {} })['spec'] as JsonObject)['targetCPUUtilizationPercentage']
    const annotated = (json: string) => ({ name: 'a', annotations: { 'autoscaling.alpha.kubernetes.io/metrics': json } })
    expect([{ name: 'a' }, annotated('none'), annotated('[]'), annotated('[{"type":"Pods"}]')].map(target)).toEqual([80, 80, 80, undefined])
  })

  test('the source of a claim: its older name knows two kinds', () => {
    const claim = (spec: JsonObject) => apply({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'a' }, spec })['spec']
    const snapshot = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'b' }
    const other = { apiGroup: 'example.dev', kind: 'Image', name: 'b' }
    expect(claim({ dataSource: snapshot })).toMatchObject({ dataSource: snapshot, dataSourceRef: snapshot })
    expect(claim({ dataSourceRef: other })).toMatchObject({ dataSource: other, dataSourceRef: other })
    expect(claim({ dataSource: other })).not.toHaveProperty('dataSource')
    expect(claim({ dataSourceRef: { ...snapshot, namespace: 'c' } })).not.toHaveProperty('dataSourceRef')
  })

  test('a Secret keeps bytes only', () => {
    expect(apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'aGk=', b: 'aGk=' }, stringData: { b: 'ho' } })).toEqual({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'aGk=', b: 'aG8=' }, type: 'Opaque',
    })
  })

  test('a map entry of null is an empty text', () => {
    expect(apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { x: null } }, data: { k: null } })).toMatchObject({ metadata: { labels: { x: '' } }, data: { k: '' } })
  })

  test('a CustomResourceDefinition', () => {
    const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { $ref: { type: 'string', default: '' } } } } }]
    expect(apply({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.dev' },
      spec: { group: 'example.dev', scope: 'Cluster', names: { kind: 'Widget', plural: 'widgets' }, versions, preserveUnknownFields: false } })).toEqual({
      apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.dev', generation: 1 },
      spec: { group: 'example.dev', scope: 'Cluster', conversion: { strategy: 'None' }, versions, names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' } },
      status: { acceptedNames: { kind: '', plural: '' }, conditions: null, storedVersions: ['v1'] },
    })
  })

  test('the namespace is filled in where it is asked for and the kind has one', () => {
    const options = { kubeVersion, namespace: 'shop' }
    expect(applyApiDefaults({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, options)).toHaveProperty('metadata.namespace', 'shop')
    expect(applyApiDefaults({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' } }, options)).toHaveProperty('metadata.namespace', 'b')
    expect(applyApiDefaults({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }, options)).not.toHaveProperty('metadata.namespace')
  })

  test('an object of an unknown kind is left alone, and no input is written to', () => {
    const unknown = { apiVersion: 'example.dev/v1', kind: 'Nothing', spec: null }
    expect(apply(unknown)).toBe(unknown)
    const frozen = Object.freeze(pod(Object.freeze({ containers: Object.freeze([]) }) as unknown as JsonObject, Object.freeze({ name: 'a' })))
    expect(() => apply(frozen)).not.toThrow()
  })

  test('applying twice changes nothing more', () => {
    const once = apply({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, spec: { template, volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: {} }] } })
    expect(apply(once)).toEqual(once)
  })
})

describe('custom resources', () => {
  const schema = {
    type: 'object', properties: {
      spec: { type: 'object', properties: { size: { type: 'integer', default: 1 }, mode: { type: 'object', default: {}, properties: { fast: { type: 'boolean', default: true } } },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } },
      status: { type: 'object' },
    },
  }
  const definition = { spec: { group: 'example.dev', names: { kind: 'Widget', plural: 'widgets' },
    versions: [{ name: 'v1', served: true, subresources: { status: {} }, schema: { openAPIV3Schema: schema } }] } }
  const catalog = withCustomResources(schemaCatalog(kubeVersion), [definition])

  test('null where it is not allowed goes, or becomes the default', () => {
    const nulls = { type: 'object', properties: {
      plain: { type: 'string' }, given: { type: 'string', default: 'a' }, nullable: { type: 'string', nullable: true },
      list: { type: 'array', items: { type: 'string', default: 'b' } }, map: { type: 'object', additionalProperties: { type: 'string' } },
    } }
    const withNulls = withCustomResources(schemaCatalog(kubeVersion), [{ spec: { ...definition.spec, versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: nulls } } } }] } }])
    const spec = { plain: null, given: null, nullable: null, list: [null], map: { k: null } }
    expect(applyApiDefaults({ apiVersion: 'example.dev/v1', kind: 'Widget', metadata: { name: 'a' }, spec }, { catalog: withNulls })['spec'])
      .toEqual({ given: 'a', nullable: null, list: ['b'], map: {} })
  })

  test('pruned, defaulted, without status', () => {
    const widget = { apiVersion: 'example.dev/v1', kind: 'Widget', metadata: { name: 'a' }, spec: { size: null, colour: 'red', free: { x: 1 } }, status: { ok: true }, other: 1 }
    expect(applyApiDefaults(widget, { catalog })).toEqual({
      apiVersion: 'example.dev/v1', kind: 'Widget', metadata: { name: 'a', generation: 1 }, spec: { size: 1, mode: { fast: true }, free: { x: 1 } },
    })
  })
})
