// Faithful to Kyverno's pkg/engine/wildcards/wildcards.go (ExpandInMetadata).
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { containsWildcard, matchesWildcard } from '../../values/wildcard.ts'
import { formatAnchor, parseAnchor } from '../../values/anchor-key.ts'
import { valueAt } from './failure.ts'

/** The metadata that takes the place of a pattern's own. */
export interface ExpandedMetadata {
  /** The key of the pattern that it is under: `metadata`, perhaps with an anchor. */
  readonly text: string
  readonly metadata: JsonObject
}

const tags = ['labels', 'annotations'] as const

/** Tells whether expansion could ever change this pattern map. */
export function hasExpandableMetadata(pattern: JsonObject): boolean {
  const metadata = findEntry(pattern, 'metadata')?.value
  if (!isJsonObject(metadata)) return false
  return tags.some((tag) => {
    const value = findEntry(metadata, tag)?.value
    return isJsonObject(value) && Object.keys(value).some((key) => typeof value[key] !== 'string' || containsWildcard(key))
  })
}

/**
 * Replaces keys with wildcards under labels and annotations by the resource's first key that fits, anchors kept. As in Kyverno, values other than
 * strings disappear on the way. Only what the resource has itself is expanded. Gives undefined if nothing changes.
 */
export function expandMetadata(pattern: JsonObject, resource: JsonObject): ExpandedMetadata | undefined {
  const entry = findEntry(pattern, 'metadata')
  const real = valueAt(resource, 'metadata')
  if (entry === undefined || !isJsonObject(entry.value) || !isJsonObject(real)) return undefined
  const original = entry.value
  const metadata = tags.reduce((current, tag) => expandTag(current, tag, real), original)
  return metadata === original ? undefined : { text: entry.text, metadata }
}

function expandTag(metadata: JsonObject, tag: string, real: JsonObject): JsonObject {
  const wanted = findEntry(metadata, tag)
  if (wanted === undefined || !isJsonObject(wanted.value)) return metadata
  const existing = findEntry(real, tag)?.value
  if (!isJsonObject(existing)) return metadata
  const expanded = expandKeys(wanted.value, existing)
  return expanded === undefined ? metadata : { ...metadata, [wanted.text]: expanded }
}

function expandKeys(pattern: JsonObject, existing: JsonObject): JsonObject | undefined {
  const keys = Object.keys(pattern)
  const entries = keys.filter((key) => typeof pattern[key] === 'string').map((key) => [expandKey(key, existing), pattern[key] as string] as const)
  const isChanged = entries.length < keys.length || entries.some(([key], index) => key !== keys[index])
  return isChanged ? Object.fromEntries(entries) : undefined
}

function expandKey(text: string, existing: JsonObject): string {
  if (!containsWildcard(text)) return text
  const anchor = parseAnchor(text)
  const wildcard = anchor?.key ?? text
  const found = Object.keys(existing).find((key) => typeof existing[key] === 'string' && matchesWildcard(wildcard, key)) ?? wildcard
  return anchor === undefined ? found : formatAnchor({ ...anchor, key: found })
}

/** The entry under a key, or under an anchor of it. */
function findEntry(map: JsonObject, key: string): { text: string; value: JsonValue } | undefined {
  if (Object.hasOwn(map, key)) return { text: key, value: map[key] as JsonValue }
  const text = Object.keys(map).find((candidate) => parseAnchor(candidate)?.key === key)
  return text === undefined ? undefined : { text, value: map[text] as JsonValue }
}
