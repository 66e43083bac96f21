// kyverno/sdk: cel/libs/image (lib.go, impl.go), cel/libs/imagedata
import { ImageNameError, parseContainerImage, type ContainerImage } from '../../../../values/container-image.ts'
import { fn, method, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { fromJson } from '../../values/json.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { bool, dyn, string } = celType
const imageType: CelType<Image> = celType.opaque<Image>('kyverno.image')

/** An image name taken apart. */
class Image extends CelOpaque {
  readonly type: CelType = imageType
  readonly image: ContainerImage

  constructor(image: ContainerImage) {
    super()
    this.image = image
  }

  /** Kyverno forgot this conversion. */
  override toTypeValue(): never {
    throw failure("type conversion error from 'kyverno.image' to 'type'")
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof Image)) throw failure('no such overload')
    return this.image.original === other.image.original
  }

  toJson(): string {
    return this.image.original
  }
}

function parse(text: string): Image {
  try {
    return new Image(parseContainerImage(text))
  } catch (error) {
    if (error instanceof ImageNameError) throw failure(error.message)
    throw error
  }
}

function isImage(text: string): boolean {
  try {
    parseContainerImage(text)
    return true
  } catch (error) {
    if (error instanceof ImageNameError) return false
    throw error
  }
}

export const image: CelLibrary = {
  name: 'image',
  summary: 'Names of container images taken apart',
  functions: [
    fn('parseImageReference', [string], imageType, parse),
    fn('image', [string], imageType, parse),
    fn('isImage', [string], bool, isImage),
    method('containsDigest', [imageType], bool, (value) => value.image.digest !== ''),
    method('registry', [imageType], string, (value) => value.image.registry),
    method('repository', [imageType], string, (value) => value.image.repository),
    method('identifier', [imageType], string, (value) => (value.image.digest === '' ? value.image.tag : value.image.digest)),
    method('tag', [imageType], string, (value) => value.image.tag),
    method('digest', [imageType], string, (value) => value.image.digest),
  ],
}

/** What a registry knows of an image; looked up. */
export const imageData: CelLibrary = {
  name: 'imageData',
  summary: "An image's manifest and configuration, from its registry",
  functions: ['image.GetMetadata', 'image.getMetadata'].map((name) => fn(name, [string], dyn, (reference, { lookups }) => {
    const answer = lookups.get({ kind: 'imageData', reference })
    if (answer === undefined) throw failure(`failed to get image data: image data for ${reference} not found in the context`)
    return fromJson(answer, 'double')
  })),
}
