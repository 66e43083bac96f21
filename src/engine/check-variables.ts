// Kyverno: pkg/validation/policy/{validate,background}.go (ValidateVariables), pkg/engine/context/mock_context.go
import type { Problem } from '../model/errors.ts'
import { EvaluationError } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { RulePolicy } from '../model/policy.ts'
import type { ContextEntry, Rule } from '../model/rule.ts'
import { matchesWildcard } from '../values/wildcard.ts'
import { attempt } from './attempt.ts'
import { QueryCompiler } from './context/query-compiler.ts'
import { splitPath } from './variables/document-path.ts'
import { findVariables, readExpression } from './variables/find-variables.ts'
import { substituteReferences } from './variables/references.ts'
import { substituteVariables, type VariableScope } from './variables/substitute.ts'
import { walkDocument } from './variables/walk-document.ts'

/** Names that are always there, as Kyverno looks for them in the text of an expression: anywhere in it, or a function call. */
const alwaysKnown = {
  background: /request\.|element|elementIndex|@|images|image\.|[a-z_0-9]+\([^{}]/,
  admission: /request|serviceAccountName|serviceAccountNamespace|element|@|images|image|[a-z_0-9]+\([^{}]/,
}
const aboutUsers = /[^.](?:serviceAccountName|serviceAccountNamespace|request.userInfo|request.roles|request.clusterRoles)\b/

/** Finds the variables and references of a policy that can never be resolved, for which Kyverno refuses it. */
export function checkVariables(policy: RulePolicy): readonly Problem[] {
  const queries = new QueryCompiler()
  return policy.rules.flatMap((rule) => checkRule(policy, rule, queries))
}

function checkRule(policy: RulePolicy, rule: Rule, queries: QueryCompiler): readonly Problem[] {
  const problems: Problem[] = []
  const complain = (path: string, message: string): void => {
    const place = [...rule.path, ...splitPath(path).map((part) => (/^\d+$/.test(part) ? Number(part) : part))]
    const location = policy.locate(place)
    problems.push({ code: 'INVALID_VARIABLE', severity: 'error', message, policy: policy.name, rule: rule.name, ...(location ? { location } : {}) })
  }
  const document = withoutAttestationConditions(rule.document)
  const resolved = attempt(() => substituteReferences(document))
  if (resolved.error) {
    complain(/ at path (\S*?):? /.exec(`${resolved.error.message} `)?.[1] ?? '', resolved.error.message)
    return problems
  }
  const scope = makeScope(policy, rule, queries)
  const usersAllowed = !policy.background || (rule.body.type === 'mutate' && rule.body.targets.length > 0)
  walkDocument(resolved.value, '', (text, path) => {
    const problem = checkText(text, path, scope, usersAllowed)
    if (problem !== undefined) complain(path, problem)
    return text
  })
  return problems
}

function checkText(text: string, path: string, scope: VariableScope, usersAllowed: boolean): string | undefined {
  const variables = findVariables(text)
  if (variables.length === 0) return undefined
  if (path.startsWith('/match/') || path.startsWith('/exclude/')) return `variables have no meaning in match and exclude: ${text}`
  for (const { text: variable } of variables) {
    const { expression } = readExpression(variable)
    if (expression.startsWith('element') && !path.includes('/foreach/')) return `variable '${expression}' present outside of foreach`
    if (!usersAllowed && aboutUsers.test(variable)) return `variable ${variable} is not known in the background; set spec.background: false`
  }
  return attempt(() => substituteVariables(text, scope)).error?.message
}

/** Everything that may be known resolves to nothing. */
function makeScope({ background }: RulePolicy, rule: Rule, queries: QueryCompiler): VariableScope {
  const known = background ? alwaysKnown.background : alwaysKnown.admission
  const names = declaredNames(rule)
  const targets = rule.body.type === 'mutate' && rule.body.targets.length > 0
  return {
    isDelete: false,
    query(written) {
      const expression = written.trim()
      if (expression === '') throw new EvaluationError('INVALID_EXPRESSION', 'invalid query (nil)')
      queries.compile(expression)
      const plain = expression.replaceAll('"', '')
      if (known.test(plain) || (targets && plain.includes('target.')) || names.some((name) => matchesWildcard(name, plain))) return null
      throw new EvaluationError('UNRESOLVED_VARIABLE', `"${plain}" is none of the variables that are known here`
        + `${names.length > 0 ? ` (${names.join(', ')})` : ''}; declare it in the rule's context`)
    },
  }
}

/** The context entries of the rule, its foreach entries and targets, as patterns: of a ConfigMap only data and metadata can be used. */
function declaredNames(rule: Rule): readonly string[] {
  const found: string[] = []
  const visit = (value: JsonValue): void => {
    if (isJsonArray(value)) value.forEach(visit)
    if (!isJsonObject(value)) return
    for (const [key, item] of Object.entries(value)) {
      if (key === 'context' && isJsonArray(item)) found.push(...item.filter((entry) => isJsonObject(entry)).flatMap(namesOf))
      else visit(item)
    }
  }
  visit(rule.document)
  const attestations = rule.body.type === 'verifyImages' ? rule.body.images.flatMap((image) => (isJsonArray(image['attestations']) ? image['attestations'] : [])) : []
  return [...found, ...attestations.flatMap((item) => (isJsonObject(item) && typeof item['name'] === 'string' ? [`${item['name']}*`] : []))]
}

function namesOf(entry: JsonObject): readonly string[] {
  const name = typeof entry['name'] === 'string' ? entry['name'] : ''
  const kinds: readonly ContextEntry['kind'][] = ['variable', 'apiCall', 'globalReference', 'imageRegistry']
  if (isJsonObject(entry['configMap'])) return [`${name}.data`, `${name}.metadata`, `${name}.data.*`, `${name}.metadata.*`]
  return kinds.some((kind) => isJsonObject(entry[kind])) ? [`${name}*`] : []
}

/** What attestations say is known only when there are some. */
function withoutAttestationConditions(rule: JsonObject): JsonObject {
  const images = rule['verifyImages']
  if (!isJsonArray(images)) return rule
  return { ...rule, verifyImages: images.map((image) => (isJsonObject(image) && isJsonArray(image['attestations'])
    ? { ...image, attestations: image['attestations'].map((item) => (isJsonObject(item) ? { ...item, conditions: null } : item)) } : image)) }
}
