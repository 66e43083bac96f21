export { isApplication, isApplicationSet, readApplication, type Application, type ApplicationSource } from './application.ts'
export { expandApplicationSet, type ApplicationSetProblem, type ExpandedApplicationSet } from './application-set/expand-application-set.ts'
export type { ApplicationSetWorld, Cluster, RepositoryFiles } from './application-set/generators/generator.ts'
