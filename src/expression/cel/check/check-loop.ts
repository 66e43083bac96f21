import type { BindNode, LoopNode } from '../syntax/ast.ts'
import { celType } from '../types/cel-type.ts'
import { formatTypeForMessage, type CelType } from '../types/type.ts'
import type { CheckContext } from './check-context.ts'

/** The types of the loop's variables. */
function variableTypes(checker: CheckContext, { range, variables }: LoopNode): readonly CelType[] {
  const type = checker.substitution.apply(checker.check(range))
  const hasTwo = variables.length === 2
  switch (type.kind) {
    case 'list': return hasTwo ? [celType.int, type.parameters[0] as CelType] : [type.parameters[0] as CelType]
    case 'map': return type.parameters
    case 'dyn': case 'error': case 'parameter':
      checker.substitution.assign(celType.dyn, type)
      return [celType.dyn, celType.dyn]
    default:
      checker.report(`expression of type '${formatTypeForMessage(type)}' cannot be range of a comprehension (must be list, map, or dynamic)`, range)
      return [celType.error, celType.error]
  }
}

/** Checks a comprehension in a scope of its own. Messages speak of the call that cel-go expands the macro to, as its users see them. */
export function checkLoop(checker: CheckContext, node: LoopNode): CelType {
  const types = variableTypes(checker, node)
  const depth = checker.locals.length
  node.variables.forEach((name, index) => checker.locals.push({ name, type: types[index] ?? celType.error }))
  if (node.condition !== undefined) checker.check(node.condition)
  const body = checker.check(node.body)
  const result = resultType(checker, node, { key: types[0] as CelType, body })
  if (node.condition !== undefined && !checker.substitution.assign(checker.typeOf(node.condition), celType.bool)) {
    checker.noMatchingOverload(node, '_?_:_', [checker.typeOf(node.condition), result, result], false)
  }
  checker.locals.length = depth
  return checker.substitution.apply(result)
}

function resultType(checker: CheckContext, node: LoopNode, { key, body }: { key: CelType; body: CelType }): CelType {
  switch (node.loop) {
    case 'all': case 'exists':
      checker.requireBool(node.body)
      return celType.bool
    case 'existsOne':
      if (!checker.substitution.assign(body, celType.bool)) checker.noMatchingOverload(node, '_?_:_', [body, celType.int, celType.int], false)
      return celType.bool
    case 'map': case 'filter': return celType.list(body)
    case 'transformMap': return celType.map(key, body)
    case 'transformMapEntry': return entryType(checker, node, body)
  }
}

function entryType(checker: CheckContext, node: LoopNode, body: CelType): CelType {
  const result = celType.map(checker.substitution.fresh(), checker.substitution.fresh())
  if (!checker.substitution.assign(body, result)) checker.noMatchingOverload(node, 'cel.@mapInsert', [result, body], false)
  return result
}

/** Checks a local variable and the expression that may use it. */
export function checkBind(checker: CheckContext, node: BindNode): CelType {
  const type = checker.check(node.value)
  checker.locals.push({ name: node.name, type })
  const result = checker.check(node.body)
  checker.locals.pop()
  return result
}
