/** Thrown inside the parser; compilation turns it into a problem. */
export class CelSyntaxError extends Error {
  readonly position: number

  constructor(message: string, position: number) {
    super(message)
    this.name = 'CelSyntaxError'
    this.position = position
  }
}
