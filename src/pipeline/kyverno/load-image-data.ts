// Kyverno: pkg/engine/context/loaders/imagedata.go, pkg/image/verification/imagedataloader
import { fetchImage } from '../../io/registry.ts'
import type { JsonValue } from '../../model/json.ts'
import { parseImageReference } from '../../values/image-reference.ts'
import type { LookupLoader } from '../loaded-answers.ts'

/** Answers what a registry knows of an image, under the names that policies with rules and those in CEL have for it. */
export const loadImageData: LookupLoader = async (request) => {
  if (request.kind !== 'imageData') throw new Error(`a registry is not asked for ${request.kind}`)
  const image = parseImageReference(request.reference)
  if (image === undefined) throw new Error(`${request.reference} is no image`)
  const registry = image.registry
  const repository = registry === 'docker.io' && !image.path.includes('/') ? `library/${image.path}` : image.path
  const identifier = image.digest === '' ? image.tag : image.digest
  const fetched = await fetchImage({ registry, repository, identifier })
  const parse = (text: string | undefined): JsonValue => (text === undefined ? null : JSON.parse(text) as JsonValue)
  const shownRegistry = registry === 'docker.io' ? 'index.docker.io' : registry
  const digest = fetched.digest === '' ? image.digest : fetched.digest
  const [manifest, index, config] = [parse(fetched.manifest), parse(fetched.index), parse(fetched.config)]
  return {
    image: request.reference, resolvedImage: `${shownRegistry}/${repository}@${digest}`, registry: shownRegistry, repository, identifier,
    manifest, manifestList: index, configData: config,
    ...(image.tag === '' ? {} : { tag: image.tag }), ...(digest === '' ? {} : { digest }), imageIndex: index, config,
  }
}
