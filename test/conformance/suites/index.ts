import type { Suite } from '../suite.ts'
import { applications } from './applications.ts'
import { argoDiff } from './argo-diff.ts'
import { admission } from './admission.ts'
import { autogen } from './autogen.ts'
import { celSpec } from './cel-spec.ts'
import { cel, celMessages } from './cel.ts'
import { condition } from './condition.ts'
import { conditions } from './conditions.ts'
import { jqIgnore, jsonPointerIgnore } from './ignore-normalizer.ts'
import { imageInfo } from './image-info.ts'
import { images } from './images.ts'
import { jmespath } from './jmespath.ts'
import { json6902 } from './json6902.ts'
import { kyvernoCli, kyvernoCliCel, kyvernoPolicies, kyvernoPoliciesCel } from './kyverno-tests.ts'
import { liveDefaults } from './live-defaults.ts'
import { liveMutationsArgocd } from './live-mutations.ts'
import { match } from './match.ts'
import { mutations } from './mutations.ts'
import { mutatingPolicies } from './mutating-policies.ts'
import { pattern } from './pattern.ts'
import { plugin } from './plugin.ts'
import { podSecurity } from './pod-security.ts'
import { quantityDurationSemver } from './quantity-duration-semver.ts'
import { rendered } from './rendered.ts'
import { scalar } from './scalar.ts'
import { shards } from './shards.ts'
import { schemas } from './schemas.ts'
import { strategicMerge } from './strategic-merge.ts'
import { substitute } from './substitute.ts'
import { verdictsApps, verdictsCelApps, verdictsCelTests, verdictsTests } from './verdicts.ts'
import { wildcard } from './wildcard.ts'
import { yaml } from './yaml.ts'

/** Every suite, in the order of the report. One line a suite. */
export const suites: readonly Suite[] = [
  yaml,
  wildcard,
  quantityDurationSemver,
  imageInfo,
  images,
  jmespath,
  condition,
  conditions,
  rendered,
  plugin,
  applications,
  shards,
  scalar,
  pattern,
  podSecurity,
  json6902,
  match,
  substitute,
  verdictsApps,
  verdictsTests,
  admission,
  verdictsCelApps,
  verdictsCelTests,
  kyvernoPolicies,
  kyvernoPoliciesCel,
  kyvernoCli,
  kyvernoCliCel,
  autogen,
  cel,
  celMessages,
  celSpec,
  liveDefaults,
  mutations,
  liveMutationsArgocd,
  mutatingPolicies,
  schemas,
  strategicMerge,
  jqIgnore,
  jsonPointerIgnore,
  argoDiff,
]
