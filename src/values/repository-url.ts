// Argo CD: util/git/git.go (NormalizeGitURL); wider than there, because a clone is often made by SSH of what Applications name by HTTPS.

const schemeAndUser = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?/
const hostAndPort = /^(\[[^\]]*\]|[^/:]*):(?:\d+(?=\/|$)\/?)?/

/** A form that is the same for every way to write a repository's address: host and path, without scheme, user, port and `.git`. */
export function normalizeRepositoryUrl(url: string): string {
  const bare = url.trim().toLowerCase().replace(schemeAndUser, '').replace(hostAndPort, '$1/')
  const trimmed = bare.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  return trimmed.endsWith('.git') ? trimmed.slice(0, -'.git'.length) : trimmed
}

/** Whether two addresses name one repository. */
export function isSameRepository(left: string, right: string): boolean {
  const normalized = normalizeRepositoryUrl(left)
  return normalized !== '' && normalized === normalizeRepositoryUrl(right)
}
