// Kyverno: pkg/engine/jmespath/functions.go (jpSemverCompare, jpImageNormalize, jpIsExternalURL)

import { EvaluationError } from '../../../model/errors.ts'
import { parseImageReference } from '../../../values/image-reference.ts'
import { hostname, parseUrl, UrlError } from '../../../values/go-url.ts'
import { addressKind } from '../../../values/ip-address.ts'
import { parseBlangRange, parseBlangVersion } from '../../../values/semver-blang.ts'
import { failure } from '../failure.ts'
import { define } from '../function-row.ts'

/** Functions on texts with a form of their own: versions, images, URLs. */
export const formats = [
  define({
    name: 'semver_compare', parameters: ['string', 'string'], returns: 'boolean', summary: 'tells whether a semantic version lies in a range such as ">=1.0.0 <2.0.0" or "1.x"',
    implementation: ([text, rangeText], run) => {
      run.spend(text.length + rangeText.length)
      const range = parseBlangRange(rangeText)
      if (range === undefined) throw failure('semver_compare', `${JSON.stringify(rangeText.slice(0, 100))} is not a version range`)
      // Kyverno does not look at the error: what is no version counts as 0.0.0.
      return range(parseBlangVersion(text) ?? { major: 0n, minor: 0n, patch: 0n, prerelease: [], build: [] })
    },
  }),
  define({
    name: 'image_normalize', parameters: ['string'], returns: 'string', summary: 'the full name of an image, with registry and tag or digest',
    implementation: ([image], { environment: { defaultRegistry } }) => {
      const parsed = parseImageReference(image, defaultRegistry === undefined ? {} : { registry: defaultRegistry })
      if (parsed === undefined) throw failure('image_normalize', `${JSON.stringify(image.slice(0, 300))} is not an image name`)
      return parsed.reference
    },
  }),
  define({
    name: 'is_external_url', parameters: ['string'], returns: 'boolean', summary: 'tells whether the host of a URL has only addresses that are neither private nor loopback',
    implementation: ([url], { environment }) => {
      const host = readHost(url)
      // A resolver takes an address with a zone, too, and knows this one name without asking.
      const kind = host === 'localhost' ? 'loopback' : addressKind(host.replace(/%.*$/, ''))
      if (kind !== undefined) return kind === 'external'
      const addresses = environment.resolveHost?.(host)
      if (addresses === undefined) {
        throw new EvaluationError('LOOKUP_UNAVAILABLE', `JMESPath function is_external_url: the addresses of the host "${host}" are not known`, {
          missing: { what: `addresses of ${host}`, hint: 'Host names are not looked up; a URL with an IP address can be judged.' },
        })
      }
      return addresses.every((address) => addressKind(address) === 'external')
    },
  }),
] as const

function readHost(url: string): string {
  try {
    return hostname(parseUrl(url))
  } catch (error) {
    if (error instanceof UrlError) throw failure('is_external_url', error.message.slice(0, 300))
    throw error
  }
}
