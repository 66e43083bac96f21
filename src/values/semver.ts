/**
 * Semantic versions, in the two dialects that matter here: blang/semver v4 (Kyverno: strict, ranges such as `>=1.2.3 <2.0.0 || 3.x`)
 * and Masterminds/semver v3 (Helm, Argo CD: tolerant, constraints such as `~1.2`, `^1`, `1.2 - 3`).
 */

import { compareText } from './text-order.ts'

export interface SemanticVersion {
  readonly major: bigint
  readonly minor: bigint
  readonly patch: bigint
  readonly prerelease: readonly string[]
  readonly build: readonly string[]
}

const maxUint64 = (1n << 64n) - 1n

/** Reads a decimal that fits Go's uint64. */
export function parseUint64(text: string): bigint | undefined {
  if (!/^\d+$/.test(text) || text.replace(/^0+/, '').length > 20) return undefined
  const value = BigInt(text)
  return value <= maxUint64 ? value : undefined
}

function compareCore(left: SemanticVersion, right: SemanticVersion): -1 | 0 | 1 {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (left[part] !== right[part]) return left[part] < right[part] ? -1 : 1
  }
  return 0
}

/** Precedence; build metadata does not count. Both dialects agree on it. */
export function compareVersions(left: SemanticVersion, right: SemanticVersion): -1 | 0 | 1 {
  const core = compareCore(left, right)
  if (core !== 0) return core
  if (left.prerelease.length === 0 || right.prerelease.length === 0) {
    return left.prerelease.length === right.prerelease.length ? 0 : left.prerelease.length === 0 ? 1 : -1
  }
  return comparePrereleases(left.prerelease, right.prerelease)
}

/** Part by part; numbers come before names, and a longer one after its beginning. */
export function comparePrereleases(left: readonly string[], right: readonly string[]): -1 | 0 | 1 {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index], right[index]]
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1
    const order = comparePart(a, b)
    if (order !== 0) return order
  }
  return 0
}

function comparePart(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0
  const [a, b] = [parseUint64(left), parseUint64(right)]
  if (a === undefined && b === undefined) return compareText(left, right)
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1
  return a === b ? 0 : a < b ? -1 : 1
}

/** The canonical text. */
export function formatVersion({ major, minor, patch, prerelease, build }: SemanticVersion): string {
  const tail = (prerelease.length > 0 ? `-${prerelease.join('.')}` : '') + (build.length > 0 ? `+${build.join('.')}` : '')
  return `${major}.${minor}.${patch}${tail}`
}

/** A part of a prerelease: no number with leading zeros. */
export function isPrereleasePart(part: string): boolean {
  return /^[0-9A-Za-z-]+$/.test(part) && !/^0\d+$/.test(part)
}
