// Kyverno: pkg/engine/jmespath/functions.go (jpRandom)

import { failure } from '../failure.ts'
import { define } from '../function-row.ts'
import { parseTextGenerator } from '../random-text.ts'

/** The one function that does not always answer the same. */
export const random = [
  define({
    name: 'random', parameters: ['string'], returns: 'string', summary: 'a random text that a (POSIX) regular expression such as "[a-z0-9]{8}" describes',
    implementation: ([pattern], run) => {
      const generate = pattern === '' ? undefined : parseTextGenerator(pattern)
      if (generate === undefined) throw failure('random', `${JSON.stringify(pattern.slice(0, 100))} is not an expression to make a text from`)
      return generate({ random: () => run.environment.random(), spend: (steps) => run.spend(20 * steps) })
    },
  }),
] as const
