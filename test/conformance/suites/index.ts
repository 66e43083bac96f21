import { cel, celMessages } from './cel.ts'
import type { Suite } from '../suite.ts'
import { json6902 } from './json6902.ts'
import { imageInfo } from './image-info.ts'
import { pattern } from './pattern.ts'
import { podSecurity } from './pod-security.ts'
import { quantityDurationSemver } from './quantity-duration-semver.ts'
import { scalar } from './scalar.ts'
import { yaml } from './yaml.ts'
import { wildcard } from './wildcard.ts'

/** Every suite, in the order of the report. One line a suite. */
export const suites: readonly Suite[] = [
  yaml,
  wildcard,
  quantityDurationSemver,
  imageInfo,
  scalar,
  pattern,
  podSecurity,
  json6902,
  cel,
  celMessages,
]
