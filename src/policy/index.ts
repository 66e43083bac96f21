export { isPolicyDocument, parsePolicies, type ParsedPolicies } from './parse-policies.ts'
export { computeRuleDocuments, computeRules } from './autogen/compute-rules.ts'
export { parseMatch } from './parse-match.ts'
export type { PolicySource } from './policy-source.ts'
