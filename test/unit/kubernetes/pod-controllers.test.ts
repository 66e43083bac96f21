import { expect, test } from 'vitest'
import { findPodSpecPath, findPodTemplate, findPodTemplatePath } from '../../../src/kubernetes/pod-controllers.ts'

test('paths of templates and specs', () => {
  expect(findPodTemplatePath('', 'Pod')).toEqual([])
  expect(findPodSpecPath('', 'Pod')).toEqual(['spec'])
  expect(findPodSpecPath('batch', 'CronJob')).toEqual(['spec', 'jobTemplate', 'spec', 'template', 'spec'])
  expect(findPodSpecPath('extensions', 'Deployment')).toEqual(['spec', 'template', 'spec'])
  expect(findPodSpecPath('example.dev', 'Deployment')).toBeUndefined()
})

test('the template of a resource, where there is one', () => {
  const template = { spec: { containers: [] } }
  expect(findPodTemplate('apps', 'Deployment', { spec: { template } })).toBe(template)
  expect(findPodTemplate('apps', 'Deployment', { spec: null })).toBeUndefined()
  expect(findPodTemplate('', 'Service', { spec: { template } })).toBeUndefined()
})
