import { LazyMessage, type Bindings, type CallContext, type CelValue, type Program } from '../../expression/cel/index.ts'

/** Evaluates a program within what the policy may spend. */
export type EvaluateProgram = (program: Program, bindings: Bindings, context: CallContext) => CelValue

/** One evaluation of one policy: what its expressions see, and what they may cost. */
export class CelRun {
  readonly #bindings: Record<string, CelValue | (() => CelValue)>
  readonly #context: CallContext
  readonly #evaluate: EvaluateProgram

  constructor(bindings: Bindings, context: CallContext, evaluate: EvaluateProgram) {
    this.#bindings = { ...bindings }
    this.#context = context
    this.#evaluate = evaluate
  }

  evaluate(program: Program): CelValue {
    return this.#evaluate(program, this.#bindings, this.#context)
  }

  /** What a variable is bound to. */
  read(name: string): CelValue {
    const value = this.#bindings[name]
    return typeof value === 'function' ? value() : value ?? null
  }

  /** A variable has a new value from here on. */
  bind(name: string, value: CelValue): void {
    this.#bindings[name] = value
  }

  /** Binds `variables`: each is evaluated when it is first read, once, with what is bound then. Of two with one name the last counts. */
  bindVariables<Variable extends { readonly name: string }>(variables: readonly Variable[], evaluate: (variable: Variable) => CelValue): void {
    if (variables.length === 0) return
    this.#bindings['variables'] = new LazyMessage('variables', (name) => {
      const variable = variables.findLast((one) => one.name === name)
      return variable && evaluate(variable)
    })
  }
}
