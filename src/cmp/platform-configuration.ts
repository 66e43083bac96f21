import * as z from 'zod'

const texts = z.array(z.string().min(1))

/** What an application may decide against the platform; everything is closed unless it is opened here. */
const loosening = z.strictObject({
  mode: z.boolean().optional().describe('a mode weaker than the platform\'s'),
  exceptions: z.boolean().optional().describe("PolicyExceptions of the application's own repository count"),
  policyValues: z.boolean().optional().describe("values files of the application's own repository: they can answer what a platform policy asks"),
  lookups: z.boolean().optional().describe("ConfigMaps and Namespaces among the application's own resources answer what policies look up"),
  emptyOutput: z.boolean().optional().describe('rendering nothing is not an error'),
  applyMutations: z.boolean().optional().describe('mutate rules applied at render'),
  remoteBases: z.boolean().optional().describe('kustomizations may fetch bases and charts their dependencies from the network'),
})

const settings = {
  mode: z.enum(['policy', 'audit', 'enforce']).optional().describe("`policy` respects each rule's failureAction, `audit` lets everything through and tells, `enforce` refuses every violation"),
  policies: texts.optional().describe('files or folders of the sidecar, or `builtin:NAME`'),
  exceptions: texts.optional().describe("the platform's own PolicyExceptions"),
  policyValues: texts.optional().describe("values files in Kyverno's format"),
  repositoryPolicies: z.boolean().optional().describe("also evaluate the Kyverno policies that the application's repository names in its parameters; true unless said otherwise"),
  allow: loosening.optional().describe('what applications may loosen'),
  applyMutations: z.boolean().optional().describe('apply mutate rules at render, for every application'),
  reportManifest: z.boolean().optional().describe("add a PolicyReport to every application's resources"),
  reportCluster: z.boolean().optional().describe('write the PolicyReport to the cluster'),
  ignoreDifferences: z.enum(['off', 'report', 'annotate']).optional(),
}

/** The mounted file of the platform team (PRESYNC_PLUGIN_CONFIG). */
export const platformConfigurationSchema = z.strictObject({
  ...settings,
  deadlineSeconds: z.number().int().min(1).max(3600).optional().describe("presync's own limit, below Argo CD's; 45 unless said otherwise"),
  onDeadline: z.enum(['refuse', 'allow']).optional().describe('what happens when time runs out; refuse unless said otherwise'),
  log: z.enum(['text', 'json']).optional(),
  projects: z.record(z.string(), z.strictObject(settings)).optional().describe('settings for an AppProject, by its name or a wildcard; Argo CD vouches for the name'),
}).describe("Configuration of presync's Argo CD plugin, owned by the platform team")

export type PlatformConfiguration = z.infer<typeof platformConfigurationSchema>
/** The part that can differ by AppProject. */
export type PlatformSettings = z.infer<z.ZodObject<typeof settings>>
