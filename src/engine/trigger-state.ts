import type { JsonObject } from '../model/json.ts'
import { withObject, type Trigger } from '../model/resource.ts'
import { toPlainBeside } from '../values/numbers.ts'
import type { Environment } from './environment.ts'
import type { MatchSubject } from './match/match-subject.ts'
import { ResourceView, toMatchSubject } from './resource-view.ts'

/** The resources of a trigger at one moment of its evaluation. A mutation makes a new state. */
export class TriggerState {
  readonly trigger: Trigger
  /** The new object; none on DELETE. */
  readonly current: ResourceView | undefined
  readonly old: ResourceView | undefined
  #subject: MatchSubject | undefined
  #evaluated: TriggerState | undefined

  constructor(trigger: Trigger, current: ResourceView | undefined, old: ResourceView | undefined) {
    this.trigger = trigger
    this.current = current
    this.old = old
  }

  /** The state before any policy. */
  static start(trigger: Trigger, semantics: Environment['semantics']): TriggerState {
    const reading = semantics === 'cli' ? 'float64' : 'cluster'
    const view = new ResourceView(trigger.resource, reading)
    if (trigger.operation === 'DELETE') return new TriggerState(trigger, undefined, view)
    const old = trigger.oldResource && new ResourceView(trigger.oldResource, reading)
    // The CLI has no old object to compare with: it takes a copy of the new one.
    return new TriggerState(trigger, view, old ?? (trigger.operation === 'UPDATE' && semantics === 'cli' ? view : undefined))
  }

  /** What rules are matched against: the new object, or on DELETE the one that goes. */
  get matched(): ResourceView | undefined {
    return this.current ?? this.old
  }

  get subject(): MatchSubject | undefined {
    return this.#subject ??= this.matched && toMatchSubject(this.matched, this.trigger)
  }

  /** The same for the rules that follow one of their policy: see `ResourceView.evaluated`. */
  get evaluated(): TriggerState {
    if (this.current === undefined || this.current.evaluated === this.current) return this
    return this.#evaluated ??= new TriggerState(this.trigger, this.current.evaluated, this.old)
  }

  /** The state after a change to the new object. */
  withObject(object: JsonObject, semantics: Environment['semantics']): TriggerState {
    if (this.current === undefined) return this
    const resource = withObject(this.current.resource, toPlainBeside(object, this.current.resource.object) as JsonObject)
    return new TriggerState(this.trigger, new ResourceView(resource, semantics === 'cli' ? 'int64' : 'cluster'), this.old)
  }
}
