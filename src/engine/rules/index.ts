import type { RuleType } from '../../model/result.ts'
import type { RuleCompiler } from './rule-compiler.ts'
import { compileGenerate } from './generate/index.ts'
import { compileMutate } from './mutate/index.ts'
import { compileVerifyImages } from './verify-images/index.ts'
import { compileValidate } from './validate/index.ts'

/** How each kind of rule body is prepared. */
export const ruleCompilers = {
  validate: compileValidate,
  mutate: compileMutate,
  generate: compileGenerate,
  verifyImages: compileVerifyImages,
} as const satisfies { readonly [Type in RuleType]?: RuleCompiler }
