import type { Resource } from '../model/resource.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'

/** A rendered resource at the place that a person would change: the template, base or program that it came from. */
export function placeAt(resource: Resource, source: SourceLocation, origin: string, locate?: (path: FieldPath) => SourceLocation | undefined): Resource {
  return { id: resource.id, object: resource.object, source, origin, locate: (path) => locate?.(path) ?? source }
}
