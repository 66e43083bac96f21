import type { Problem } from './errors.ts'
import type { ResourceId } from './resource.ts'
import type { PolicyRef, RuleResult } from './result.ts'

/** Everything a run has to say. Summary and decision are functions of it (`report/`). */
export interface Report {
  readonly results: readonly RuleResult[]
  readonly problems: readonly Problem[]
  /** What was rendered, in the order of the tree. */
  readonly sources: readonly ReportSource[]
  /** The policies that were evaluated. */
  readonly policies: readonly PolicyRef[]
  /** How many resources were evaluated. */
  readonly resourceCount: number
  /** What a reader has to know to judge the results: a default that was chosen, a look-up that nobody could answer. */
  readonly notices: readonly string[]
  /** Present where a change was compared with its base: then `results` holds of what fails only what is new. */
  readonly comparison?: ReportComparison
}

/** What a change does not bring. */
export interface ReportComparison {
  /** The base as named, and the commit that it came to. */
  readonly ref: string
  readonly commit: string
  /** Failing before, and no more: mended or gone. */
  readonly fixed: readonly RuleResult[]
  readonly unchanged: readonly RuleResult[]
  /** Failing in a source that the base could not render. */
  readonly notComparable: readonly RuleResult[]
  /** How the rendered resources differ, where that was asked for. */
  readonly changes?: readonly ResourceChange[]
}

/** One rendered resource that differs from the base. */
export interface ResourceChange {
  readonly id: ResourceId
  readonly kind: 'added' | 'removed' | 'changed'
  /** Unified, of the manifests in YAML. */
  readonly diff: string
}

/** One source directory or file and how it was rendered. */
export interface ReportSource {
  readonly path: string
  /** `plain`, `kustomize`, `helm`, `jsonnet`. */
  readonly type: string
  /** The Application that names the source, where one does. */
  readonly application?: string
  readonly resourceCount: number
}

/** `policy` respects each rule's failureAction, `audit` blocks nothing, `enforce` treats every rule as Enforce. */
export type Mode = 'policy' | 'audit' | 'enforce'

/** The lowest kind of result that makes the run end with violations: what blocks, every failure, warnings too, or nothing. */
export type FailOn = 'block' | 'fail' | 'warn' | 'never'

/** How a run is judged. */
export interface Gate {
  readonly mode: Mode
  readonly failOn: FailOn
  /** Also what could not be judged counts: warnings about inputs, rules that were skipped or ended in an error for want of data. */
  readonly strict: boolean
}

/** Per run, ours: whether anything at or above the threshold stands in the way of a sync. */
export type Decision = 'allow' | 'block'
