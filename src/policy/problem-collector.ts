import type { Problem } from '../model/errors.ts'
import type { FieldPath } from '../model/source.ts'
import type { PolicySource } from './policy-source.ts'
import { objectField, optional, textField } from './read-fields.ts'

/** Collects what is wrong with one policy document, each with its place. */
export class ProblemCollector {
  readonly problems: Problem[] = []
  readonly #source: PolicySource
  readonly #policy: string

  constructor(source: PolicySource) {
    this.#source = source
    this.#policy = textField(objectField(source.object, 'metadata') ?? {}, 'name') ?? ''
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error')
  }

  /** Something that Kyverno rejects. */
  error(path: FieldPath, code: string, message: string): void {
    this.#add('error', path, code, message)
  }

  /** Something that Kyverno accepts and that does not do what it seems to. */
  warning(path: FieldPath, code: string, message: string): void {
    this.#add('warning', path, code, message)
  }

  #add(severity: Problem['severity'], path: FieldPath, code: string, message: string): void {
    const rule = this.#ruleName(path)
    this.problems.push({
      code, severity, message, ...optional('location', this.#source.locate(path) ?? this.#source.source),
      ...(this.#policy === '' ? {} : { policy: this.#policy }), ...optional('rule', rule),
    })
  }

  #ruleName(path: FieldPath): string | undefined {
    if (path[0] !== 'spec' || path[1] !== 'rules' || typeof path[2] !== 'number') return undefined
    const rules = objectField(this.#source.object, 'spec')?.['rules']
    const rule = Array.isArray(rules) ? rules[path[2]] as unknown : undefined
    return typeof rule === 'object' && rule !== null && 'name' in rule && typeof rule.name === 'string' ? rule.name : undefined
  }
}
