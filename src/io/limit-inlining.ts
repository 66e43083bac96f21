import { setFlagsFromString } from 'node:v8'

/** The newest Node whose V8 is known to have the flags: an unknown one would be complained about on stderr. */
const newestKnownNode = 24
/** In bytes of bytecode, for one function that is inlined and for all that are inlined into another; V8's own limits are 460 and 920. */
const inliningFlags = ['--max-inlined-bytecode-size=100', '--max-inlined-bytecode-size-cumulative=100']

/**
 * Makes V8 optimise functions one by one, hardly any as part of others. For work that goes through many functions a few thousand times each: optimising
 * them takes most of the other processor, and inlining is most of that.
 */
export function limitInlining(): void {
  if (Number.parseInt(process.versions.node) <= newestKnownNode) inliningFlags.forEach(setFlagsFromString)
}
