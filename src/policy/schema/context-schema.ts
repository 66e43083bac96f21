// Fields of Kyverno's ContextEntry (api/kyverno/v1/common_types.go).
import { any, flag, listOf, object, oneOf, text, texts } from './schema.ts'

export const registryCredentials = object({
  allowInsecureRegistry: flag, providers: listOf(oneOf('default', 'amazon', 'azure', 'google', 'github')), secrets: texts,
})

const apiCall = object({
  urlPath: text, method: oneOf('GET', 'POST'), data: listOf(object({ 'key*': text, 'value*': any })), jmesPath: text, default: any,
  service: object({ 'url*': text, caBundle: text, headers: listOf(object({ 'key*': text, 'value*': text })) }),
})

export const contextEntries = listOf(object({
  'name*': text,
  configMap: object({ 'name*': text, namespace: text }),
  apiCall,
  imageRegistry: object({ 'reference*': text, jmesPath: text, imageRegistryCredentials: registryCredentials }),
  variable: object({ value: any, jmesPath: text, default: any }),
  globalReference: object({ 'name*': text, jmesPath: text }),
}, { names: ['configMap', 'apiCall', 'imageRegistry', 'variable', 'globalReference'], atLeastOne: true }))
