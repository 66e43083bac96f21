import type { JsonValue } from '../model/json.ts'
import type { Lookups } from '../model/lookups.ts'
import type { Policy } from '../model/policy.ts'
import type { Resource } from '../model/resource.ts'
import type { CompiledExceptions } from './exceptions.ts'
import type { IsExcluded } from './exclusion.ts'

/** Everything around an evaluation that is neither policy nor trigger. */
export interface Environment {
  readonly lookups: Lookups
  readonly exceptions: CompiledExceptions
  /**
   * `cluster` predicts admission; `cli` answers as `kyverno apply` does, with its quirks: whole numbers are doubles until a mutation,
   * and a mutation that fails or a DELETE leaves nothing for later policies to see.
   */
  readonly semantics: 'cluster' | 'cli'
  /** Requests that no policy is asked about. */
  readonly isExcluded?: IsExcluded
  /** Values that a user supplied for variables; names are JMESPath names, or dotted paths of them. */
  readonly values?: SuppliedValues
  /** Where mutateExisting finds its targets; absent where there is nothing like a cluster, which the CLI takes for an error. */
  readonly targets?: readonly Resource[]
  /** What the CLI is given as sources of a rule's clones; a cluster is asked through `lookups`. */
  readonly cloneSources?: (policy: Policy, ruleName: string) => readonly Resource[]
}

/** What a values file or `--set` supplies. */
export interface SuppliedValues {
  /** For everything that a policy evaluates on a resource. */
  forPolicy(policy: Policy, resource: Resource): Readonly<Record<string, JsonValue>>
  /** For one rule, there each time its context (or that of one of its foreach elements) is loaded. */
  forRule(policy: Policy, ruleName: string): Readonly<Record<string, JsonValue>>
}
