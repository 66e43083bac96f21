/** API groups of files that tools read and no cluster accepts. */
const clientGroups = /^(?:kustomize\.config\.k8s\.io|cli\.kyverno\.io|chainsaw\.kyverno\.io|skaffold|kind\.x-k8s\.io|ctlptl\.dev|tilt\.dev)\//

/** Whether a file holds manifests, judged by its words: without reading it as YAML, which it may be a broken piece of. */
export function looksLikeManifest(text: string, isJson: boolean): boolean {
  if (isJson) return /"apiVersion"\s*:/.test(text) && /"kind"\s*:/.test(text)
  return hasClusterVersion(text) && /^[ \t-]*["']?kind["']?:/m.test(text) && /^[ \t-]*["']?(?:metadata|items)["']?:/m.test(text)
    || /^\s*\{/.test(text) && looksLikeManifest(text, true)
}

/** One is enough, and the first of a long file usually is. */
function hasClusterVersion(text: string): boolean {
  for (const match of text.matchAll(/^[ \t-]*["']?apiVersion["']?:[ \t]*["']?([^\s"'#]*)/gm)) if (!clientGroups.test(match[1] as string)) return true
  return false
}
