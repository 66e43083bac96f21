import type { JsonObject } from '../../model/json.ts'
import type { LookupLoader } from '../loaded-answers.ts'
import type { SourceTexts } from '../source-texts.ts'

/** What `presync apply` is told. */
export interface ApplyOptions {
  readonly cwd: string
  readonly texts: SourceTexts
  readonly policies: readonly string[]
  readonly resources: readonly string[]
  readonly payloads: readonly string[]
  readonly targetResources: readonly string[]
  readonly parameterResources: readonly string[]
  readonly exceptions: readonly string[]
  readonly exceptionsWithinResources: boolean
  readonly exceptionsWithinPolicies: boolean
  readonly valuesFile: string | undefined
  readonly settings: readonly string[]
  readonly userInfoFile: string | undefined
  readonly contextFile: string | undefined
  readonly crdPaths: readonly string[]
  readonly gitBranch: string | undefined
  /** Skips a resource that cannot be evaluated; it then counts as an error, except with `compat`. */
  readonly continueOnFail: boolean
  /** Answers as Kyverno's command line. */
  readonly compat: boolean
  /** Text for the argument `-`. */
  readonly stdin: string
  /** The moment of the run, in milliseconds since 1970. */
  readonly now: number
  readonly cluster?: ClusterAccess
  readonly registry?: LookupLoader
}

/** A cluster that resources are read from and questions are put to. */
export interface ClusterAccess {
  readonly loader: LookupLoader
  /** The resources of the kinds; `names` are those wanted, all where it is empty. */
  list(kinds: readonly ClusterKind[], names: readonly string[]): Promise<readonly JsonObject[]>
}

/** A kind as policies name it; `*` stands for any group or version. */
export interface ClusterKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}
