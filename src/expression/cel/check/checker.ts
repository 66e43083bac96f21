import type { CelOverload } from '../library.ts'
import type { CallNode, CelNode, IdentNode, ListNode, MapNode, SelectNode, StructNode } from '../syntax/ast.ts'
import { celType, isOptionalType } from '../types/cel-type.ts'
import { Substitution, isEqualOrLessSpecific } from '../types/substitution.ts'
import { formatTypeForMessage, isSameType, type CelType } from '../types/type.ts'
import { runtimeType } from '../values/runtime-type.ts'
import type { Checked, ResolvedCall, ResolvedName } from './checked.ts'
import type { CheckContext } from './check-context.ts'
import { checkBind, checkLoop } from './check-loop.ts'
import { candidateNames, type Declarations } from './declarations.ts'

/** Something wrong, at an offset of the text. */
export interface CheckProblem {
  readonly message: string
  readonly position: number
}

/** Finds the type of every node and what each name and call means; collects all problems (cel-go checker/checker.go). */
export function checkExpression(root: CelNode, declarations: Declarations): { checked: Checked; type: CelType; problems: readonly CheckProblem[] } {
  const checker = new Checker(declarations)
  checker.check(root)
  for (const [node, type] of checker.types) checker.types.set(node, checker.substitution.apply(type, true))
  return { checked: checker, type: checker.typeOf(root), problems: checker.problems }
}

/** The state of one check. */
export class Checker implements Checked, CheckContext {
  readonly types = new Map<CelNode, CelType>()
  readonly names = new Map<CelNode, ResolvedName>()
  readonly calls = new Map<CelNode, ResolvedCall>()
  readonly structs = new Map<CelNode, string>()
  readonly problems: CheckProblem[] = []
  readonly substitution = new Substitution()
  /** Loop and bind variables, the innermost last. */
  readonly locals: { readonly name: string; readonly type: CelType }[] = []
  private readonly declarations: Declarations

  constructor(declarations: Declarations) {
    this.declarations = declarations
  }

  typeOf(node: CelNode): CelType {
    return this.types.get(node) ?? celType.error
  }

  report(message: string, node: { readonly position: number }): void {
    this.problems.push({ message, position: node.position })
  }

  check(node: CelNode): CelType {
    const type = this.compute(node)
    this.types.set(node, type)
    return type
  }

  private compute(node: CelNode): CelType {
    switch (node.kind) {
      case 'literal': return runtimeType(node.value)
      case 'ident': return this.checkIdent(node)
      case 'select': return this.checkSelect(node)
      case 'call': return this.checkCall(node)
      case 'list': return this.checkList(node)
      case 'map': return this.checkMap(node)
      case 'struct': return this.checkStruct(node)
      case 'loop': return checkLoop(this, node)
      case 'bind': return checkBind(this, node)
    }
  }

  private checkIdent(node: IdentNode): CelType {
    const type = this.resolveName(node, node.name)
    if (type !== undefined) return type
    this.undeclared(node.name, node)
    return celType.error
  }

  private undeclared(name: string, node: CelNode): void {
    this.report(`undeclared reference to '${name}' (in container '${this.declarations.container}')`, node)
  }

  /** A variable or the name of a type; remembers which. */
  private resolveName(node: CelNode, name: string): CelType | undefined {
    const local = this.locals.findLast((variable) => variable.name === name)
    if (local !== undefined) {
      this.names.set(node, { kind: 'local', name })
      return local.type
    }
    for (const candidate of candidateNames(this.declarations.container, name)) {
      const variable = this.declarations.findVariable(candidate)
      if (variable !== undefined) {
        this.names.set(node, { kind: 'variable', name: candidate })
        return variable
      }
      const type = this.declarations.findTypeName(candidate)
      if (type !== undefined) {
        this.names.set(node, { kind: 'type', type })
        return celType.type(type)
      }
    }
    return undefined
  }

  private checkSelect(node: SelectNode): CelType {
    const qualified = node.test || node.optional ? undefined : qualifiedName(node)
    if (qualified !== undefined && !this.locals.some(({ name }) => name === qualified.split('.', 1)[0])) {
      const type = this.resolveName(node, qualified)
      if (type !== undefined) return type
    }
    const field = this.checkField(node)
    return node.test ? celType.bool : this.substitution.apply(field)
  }

  private checkField(node: SelectNode): CelType {
    const operand = this.substitution.apply(this.check(node.operand))
    const isOptional = isOptionalType(operand)
    const target = isOptional ? operand.parameters[0] as CelType : operand
    const field = this.fieldType(node, target)
    return isOptional || node.optional ? celType.optional(field) : field
  }

  private fieldType(node: SelectNode, target: CelType): CelType {
    switch (target.kind) {
      case 'dyn': case 'error': return celType.dyn
      case 'map': return target.parameters[1] as CelType
      case 'object': return this.messageField(node, target.name, node.field)
      case 'parameter':
        this.substitution.assign(celType.dyn, target)
        return celType.dyn
      default:
        this.report(`type '${formatTypeForMessage(target)}' does not support field selection`, node)
        return celType.dyn
    }
  }

  private messageField(node: { readonly position: number }, type: string, field: string): CelType {
    const found = this.declarations.findMessageType(type)?.field(field)
    if (found === undefined) this.report(`undefined field '${field}'`, node)
    return found ?? celType.error
  }

  private checkCall(node: CallNode): CelType {
    for (const arg of node.args) this.check(arg)
    const prefix = node.target === undefined ? undefined : qualifiedName(node.target)
    const namespaced = prefix === undefined ? undefined : this.findFunction(`${prefix}.${node.name}`)
    if (namespaced !== undefined) return this.resolveOverload(node, namespaced, false)
    if (node.target !== undefined) this.check(node.target)
    const overloads = this.findFunction(node.name)
    if (overloads !== undefined) return this.resolveOverload(node, overloads, node.target !== undefined)
    this.undeclared(node.name, node)
    return celType.error
  }

  private findFunction(name: string): readonly CelOverload[] | undefined {
    for (const candidate of candidateNames(this.declarations.container, name)) {
      const overloads = this.declarations.findFunction(candidate)
      if (overloads !== undefined) return overloads
    }
    return undefined
  }

  private resolveOverload(node: CallNode, overloads: readonly CelOverload[], isReceiver: boolean): CelType {
    if (node.name === '_&&_' || node.name === '_||_') return this.checkLogical(node, overloads)
    const operands = isReceiver ? [node.target as CelNode, ...node.args] : node.args
    const given = operands.map((operand) => this.typeOf(operand))
    const fitting: CelOverload[] = []
    let result: CelType | undefined
    for (const overload of overloads) {
      const type = overload.isReceiver === isReceiver ? this.resultFor(overload, given) : undefined
      if (type === undefined) continue
      fitting.push(overload)
      result = result === undefined || isSameType(result, type) ? type : celType.dyn
    }
    if (result === undefined) {
      this.noMatchingOverload(node, overloads[0]?.name ?? node.name, given, isReceiver)
      return celType.error
    }
    this.calls.set(node, { overloads: fitting, operands })
    return result
  }

  /** The overload's result for arguments of these types; undefined if it does not take them. */
  private resultFor({ result, parameters, isRuntimeOnly }: CelOverload, given: readonly CelType[]): CelType | undefined {
    if (parameters.length !== given.length || isRuntimeOnly === true) return undefined
    const [declaredResult, ...declared] = this.substitution.instantiate([result, ...parameters])
    return this.substitution.assignAll(given, declared) ? this.substitution.apply(declaredResult as CelType) : undefined
  }

  /** Reports that no row of a function takes these arguments. */
  noMatchingOverload(node: { readonly position: number }, name: string, given: readonly CelType[], isReceiver: boolean): void {
    const types = given.map((type) => formatTypeForMessage(this.substitution.apply(type, true)))
    const signature = isReceiver ? `${types[0]}.(${types.slice(1).join(', ')})` : `(${types.join(', ')})`
    this.report(`found no matching overload for '${name}' applied to '${signature}'`, node)
  }

  private checkLogical(node: CallNode, overloads: readonly CelOverload[]): CelType {
    const fits = node.args.map((arg) => this.requireBool(arg)).every(Boolean)
    this.calls.set(node, { overloads, operands: node.args })
    return fits ? celType.bool : celType.error
  }

  /** Reports an operand that cannot be a bool. */
  requireBool(node: CelNode): boolean {
    const fits = this.substitution.assign(this.typeOf(node), celType.bool)
    if (!fits) this.mismatch(node, celType.bool, this.typeOf(node))
    return fits
  }

  private mismatch(node: CelNode, expected: CelType, found: CelType): void {
    const [expectedText, foundText] = [expected, found].map((type) => formatTypeForMessage(this.substitution.apply(type)))
    this.report(`expected type '${expectedText}' but found '${foundText}'`, node)
  }

  private checkList(node: ListNode): CelType {
    let joined: CelType | undefined
    for (const { value, optional } of node.elements) joined = this.join(joined, this.checkElement(value, optional))
    return celType.list(joined ?? this.substitution.fresh())
  }

  private checkMap(node: MapNode): CelType {
    let key: CelType | undefined
    let value: CelType | undefined
    for (const entry of node.entries) {
      key = this.join(key, this.check(entry.key))
      value = this.join(value, this.checkElement(entry.value, entry.optional))
    }
    return celType.map(key ?? this.substitution.fresh(), value ?? this.substitution.fresh())
  }

  /** The type that an element contributes: an optional one that of its value. */
  private checkElement(node: CelNode, optional: boolean): CelType {
    const type = this.check(node)
    if (!optional) return type
    const resolved = this.substitution.apply(type)
    if (isOptionalType(resolved)) return resolved.parameters[0] as CelType
    if (resolved.kind !== 'dyn') this.mismatch(node, celType.optional(resolved), resolved)
    return resolved
  }

  private join(previous: CelType | undefined, current: CelType): CelType {
    if (previous === undefined) return current
    if (this.substitution.assign(previous, current)) return isEqualOrLessSpecific(previous, current) ? previous : current
    return celType.dyn
  }

  private checkStruct(node: StructNode): CelType {
    const name = candidateNames(this.declarations.container, node.typeName).find((candidate) => this.declarations.findMessageType(candidate) !== undefined)
    if (name === undefined) {
      this.undeclaredStruct(node)
      return celType.error
    }
    this.structs.set(node, name)
    for (const field of node.fields) {
      const given = this.checkElement(field.value, field.optional)
      const declared = this.messageField(field, name, field.name)
      if (!this.substitution.assign(declared, given)) this.fieldMismatch(field, declared, given)
    }
    return celType.object(name)
  }

  private undeclaredStruct(node: StructNode): void {
    for (const field of node.fields) this.check(field.value)
    const type = candidateNames(this.declarations.container, node.typeName).map((name) => this.declarations.findTypeName(name)).find(Boolean)
    if (type !== undefined) this.report(`'${formatTypeForMessage(type)}' is not a message type`, node)
    else this.undeclared(node.typeName, node)
  }

  private fieldMismatch(field: { readonly name: string; readonly position: number }, declared: CelType, given: CelType): void {
    const [declaredText, givenText] = [declared, given].map((type) => formatTypeForMessage(this.substitution.apply(type)))
    this.report(`expected type of field '${field.name}' is '${declaredText}' but provided type is '${givenText}'`, field)
  }
}

/** `a.b.c` as one name, if the node is nothing but names. */
function qualifiedName(node: CelNode): string | undefined {
  if (node.kind === 'ident') return node.name
  if (node.kind !== 'select' || node.test || node.optional) return undefined
  const prefix = qualifiedName(node.operand)
  return prefix === undefined ? undefined : `${prefix}.${node.field}`
}
