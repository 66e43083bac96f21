import * as z from 'zod'

const paths = (what: string) => z.array(z.string().min(1)).describe(`${what}; paths are relative to this file`)

/** What `.presync.yaml` may say. schemas/config.schema.json is made from this (`npm run docs`). */
export const configurationSchema = z.strictObject({
  $schema: z.string().optional().describe('address of this schema, for editors'),
  paths: paths('what is checked when the command line names nothing').optional(),
  policies: paths('policies: files, folders, git addresses with `@ref`, `builtin:NAME`').optional(),
  exceptions: paths('files or folders with PolicyExceptions').optional(),
  valuesFiles: paths("values of variables and labels of namespaces, in Kyverno's format").optional(),
  baseline: z.string().min(1).optional().describe('a file with known failures, as `presync baseline create` writes it'),
  mode: z.enum(['policy', 'audit', 'enforce']).optional().describe("`policy` respects each rule's failureAction, `audit` blocks nothing, `enforce` treats every rule as Enforce"),
  failOn: z.enum(['block', 'fail', 'warn', 'never']).optional().describe('the lowest kind of result that makes a run end with exit code 1'),
  strict: z.boolean().optional().describe('warnings about inputs and rules that could not be evaluated end the run with exit code 2'),
  allowEmpty: z.boolean().optional().describe('nothing to check is not an error'),
  kubeVersion: z.string().regex(/^v?\d+\.\d+(\.\d+)?$/, 'must be a version like 1.33 or 1.33.2').optional().describe('Kubernetes version to render for'),
  apiVersions: z.array(z.string().min(1)).optional().describe('API versions that charts find in the cluster, `group/version/Kind`'),
  repositories: z.record(z.string().min(1), z.string().min(1)).optional().describe('folders that stand for repositories which Applications name, by address; `.` says what this repository is called'),
  clusters: z.string().min(1).optional().describe("a file that lists Argo CD's clusters, for ApplicationSets: its Secrets, or a list with name, server, labels"),
  clusterSnapshots: paths('files or folders with objects of the cluster, which answer what policies look up').optional(),
  crdPaths: paths('files or folders with CustomResourceDefinitions').optional(),
  network: z.boolean().optional().describe('let remote bases, charts and values be fetched'),
  helm: z.string().min(1).optional().describe('helm instead of the one on PATH'),
  kustomize: z.string().min(1).optional().describe('kustomize instead of the one on PATH'),
  jsonnet: z.string().min(1).optional().describe('jsonnet instead of the one on PATH'),
}).describe('Configuration of presync (.presync.yaml)')

/** A configuration file's content. */
export type Configuration = z.infer<typeof configurationSchema>
