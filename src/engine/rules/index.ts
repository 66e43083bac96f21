import type { RuleType } from '../../model/result.ts'
import type { RuleCompiler } from './rule-compiler.ts'
import { compileValidate } from './validate/index.ts'

/** How each kind of rule body is prepared. */
export const ruleCompilers = {
  validate: compileValidate,
} as const satisfies { readonly [Type in RuleType]?: RuleCompiler }
