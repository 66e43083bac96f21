/** Thrown inside the compiler for an expression that has a type and still cannot be made a program. */
export class PlanError extends Error {
  readonly position: number

  constructor(message: string, position: number) {
    super(message)
    this.name = 'PlanError'
    this.position = position
  }
}
