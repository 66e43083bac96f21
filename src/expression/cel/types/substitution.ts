import { isSameType, makeType, type CelType } from './type.ts'

/**
 * What the type variables stand for, as found so far. The rules of assignability are cel-go's (checker/types.go): a `dyn` goes with
 * everything, and where two types meet the more general one stays.
 */
export class Substitution {
  private readonly bindings = new Map<string, CelType>()
  /** Bindings as they were, to undo an attempt that failed half way. */
  private readonly trail: (readonly [string, CelType | undefined])[] = []
  private freshCount = 0

  /** A type variable that nothing else uses. */
  fresh(): CelType {
    return makeType('parameter', `_var${this.freshCount++}`)
  }

  /** Replaces the variables of a declared overload by fresh ones. */
  instantiate(types: readonly CelType[]): CelType[] {
    const fresh = new Map<string, CelType>()
    const replace = (type: CelType): CelType => {
      if (type.kind === 'parameter') {
        const known = fresh.get(type.name) ?? this.fresh()
        fresh.set(type.name, known)
        return known
      }
      return type.parameters.length === 0 ? type : { ...type, parameters: type.parameters.map(replace) }
    }
    return types.map(replace)
  }

  /** Says whether each type can be used where the other is declared, and remembers what that makes of the variables. */
  assignAll(given: readonly CelType[], declared: readonly CelType[]): boolean {
    const mark = this.trail.length
    const fits = given.length === declared.length && given.every((type, index) => this.fits(type, declared[index] as CelType))
    if (!fits) this.undo(mark)
    return fits
  }

  /** The same for one type. */
  assign(given: CelType, declared: CelType): boolean {
    const mark = this.trail.length
    const fits = this.fits(given, declared)
    if (!fits) this.undo(mark)
    return fits
  }

  /** The type with its variables replaced; those that stand for nothing become `dyn` if `unboundToDyn`. */
  apply(type: CelType, unboundToDyn = false): CelType {
    if (type.kind === 'parameter') {
      const bound = this.bindings.get(type.name)
      if (bound !== undefined) return this.apply(bound, unboundToDyn)
      return unboundToDyn ? dyn : type
    }
    if (type.parameters.length === 0) return type
    const parameters = type.parameters.map((parameter) => this.apply(parameter, unboundToDyn))
    return parameters.every((parameter, index) => parameter === type.parameters[index]) ? type : { ...type, parameters }
  }

  private undo(mark: number): void {
    while (this.trail.length > mark) {
      const [name, previous] = this.trail.pop() as readonly [string, CelType | undefined]
      if (previous === undefined) this.bindings.delete(name)
      else this.bindings.set(name, previous)
    }
  }

  private bind(variable: CelType, type: CelType): void {
    this.trail.push([variable.name, this.bindings.get(variable.name)])
    this.bindings.set(variable.name, type)
  }

  private fits(given: CelType, declared: CelType): boolean {
    if (declared.kind === 'parameter') {
      const outcome = this.substitutes(given, declared)
      if (outcome !== 'tryOtherWay') return outcome
    }
    if (given.kind === 'parameter') return this.substitutes(declared, given) === true
    if (isDynOrError(given) || isDynOrError(declared)) return true
    if (given.kind === 'null') return isNullable(declared)
    if (declared.kind === 'null') return isNullable(given)
    return this.fitsByKind(given, declared)
  }

  private fitsByKind(given: CelType, declared: CelType): boolean {
    if (given.kind !== declared.kind) return false
    if (given.kind === 'type') return true
    return given.name === declared.name && given.parameters.length === declared.parameters.length
      && given.parameters.every((parameter, index) => this.fits(parameter, declared.parameters[index] as CelType))
  }

  /** Whether the variable may stand for the type; `tryOtherWay` if it cannot, but stands for nothing yet. */
  private substitutes(type: CelType, variable: CelType): boolean | 'tryOtherWay' {
    if (isSameType(type, variable)) return true
    const bound = this.bindings.get(variable.name)
    if (bound === undefined) {
      if (this.occurs(variable, type)) return 'tryOtherWay'
      this.bind(variable, type)
      return true
    }
    if (isSameType(type, bound)) return true
    if (!this.fits(type, bound)) return false
    const general = isEqualOrLessSpecific(type, bound) ? type : bound
    if (!this.occurs(variable, general)) this.bind(variable, general)
    return true
  }

  private occurs(variable: CelType, within: CelType): boolean {
    if (isSameType(variable, within)) return true
    if (within.kind === 'parameter') {
      const bound = this.bindings.get(within.name)
      return bound !== undefined && this.occurs(variable, bound)
    }
    return within.parameters.some((parameter) => this.occurs(variable, parameter))
  }
}

const dyn = makeType('dyn', 'dyn')

function isDynOrError(type: CelType): boolean {
  return type.kind === 'dyn' || type.kind === 'error'
}

function isNullable(type: CelType): boolean {
  return type.kind === 'null' || type.kind === 'opaque' || type.kind === 'object' || type.kind === 'duration' || type.kind === 'timestamp'
}

/** A type is less specific than another if it agrees with it by `dyn` or a variable. */
export function isEqualOrLessSpecific(a: CelType, b: CelType): boolean {
  if (a.kind === 'dyn' || a.kind === 'parameter') return true
  if (b.kind === 'dyn' || b.kind === 'parameter' || a.kind !== b.kind) return false
  if (a.kind === 'type') return true
  return a.name === b.name && a.parameters.length === b.parameters.length
    && a.parameters.every((parameter, index) => isEqualOrLessSpecific(parameter, b.parameters[index] as CelType))
}
