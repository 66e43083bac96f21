import type { LookupRequest } from '../model/lookups.ts'

/** What was asked for, in words. */
export function describeRequest(request: LookupRequest): string {
  switch (request.kind) {
    case 'configMap': return `ConfigMap ${request.namespace}/${request.name}`
    case 'apiCall': return `the answer of the API server to ${request.method} ${request.urlPath}`
    case 'serviceCall': return `the answer of ${request.method} ${request.url}`
    case 'globalContext': return `global context entry ${request.name}`
    case 'imageData': return `the data of image ${request.reference}`
    case 'imageVerification': return `the signatures of image ${request.reference}`
    case 'resource': return `${request.resource} ${request.namespace === '' ? '' : `${request.namespace}/`}${request.name} (${request.apiVersion})`
    case 'resourceList': return `the list of ${request.resource} (${request.apiVersion})${request.namespace === '' ? '' : ` in ${request.namespace}`}`
  }
}
