// Go: net/url's Parse, URL.Hostname

/** The host name of a URL, without port and brackets (empty where it names none); undefined if Go would not parse the URL. */
export function urlHost(text: string): string | undefined {
  const url = before(text, '#')
  if (/[\p{Cc}]/u.test(url) || url.startsWith(':')) return undefined
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(url)?.[0]
  if (scheme === undefined) return relativeHost(before(url, '?'))
  const rest = before(url.slice(scheme.length + 1), '?')
  if (rest.startsWith('//')) return hostAndPath(rest.slice(2), scheme.toLowerCase())
  // Without a slash the rest is opaque, and not looked into.
  return rest.startsWith('/') && hasBadEscape(rest) ? undefined : ''
}

function before(text: string, mark: string): string {
  return text.split(mark, 1)[0] ?? ''
}

/** Without a scheme only `//host` names a host; a colon in the first part of a path is an error. */
function relativeHost(rest: string): string | undefined {
  if (rest.startsWith('//') && !rest.startsWith('///')) return hostAndPath(rest.slice(2), '')
  const ambiguous = !rest.startsWith('/') && before(rest, '/').includes(':')
  return ambiguous || hasBadEscape(rest) ? undefined : ''
}

function hostAndPath(rest: string, scheme: string): string | undefined {
  const authority = before(rest, '/')
  return hasBadEscape(rest.slice(authority.length)) ? undefined : authorityHost(authority, scheme)
}

function hasBadEscape(text: string): boolean {
  return /%(?![0-9A-Fa-f]{2})/.test(text)
}

function authorityHost(authority: string, scheme: string): string | undefined {
  const at = authority.lastIndexOf('@')
  if (at >= 0 && (!/^[A-Za-z0-9\-._~!$&'()*+,;=:%@]*$/.test(authority.slice(0, at)) || hasBadEscape(authority.slice(0, at)))) return undefined
  const host = authority.slice(at + 1)
  if (host.includes('[')) return /^\[([0-9A-Fa-f:.]+(?:%25[^\]]+)?)\](?::\d*)?$/.exec(host)?.[1]?.replace('%25', '%')
  const colon = scheme === 'http' || scheme === 'https' ? host.indexOf(':') : host.lastIndexOf(':')
  const name = colon < 0 ? host : host.slice(0, colon)
  const port = colon < 0 ? '' : host.slice(colon + 1)
  return /^\d*$/.test(port) ? unescapeHost(name) : undefined
}

/** A host may only escape what is not ASCII, and holds no blanks or quotes of other kinds. */
function unescapeHost(name: string): string | undefined {
  if (/[ \\^`{|}]/.test(name) || /%(?![89A-Fa-f][0-9A-Fa-f])/.test(name)) return undefined
  try {
    return decodeURIComponent(name)
  } catch (error) {
    if (error instanceof URIError) return name
    throw error
  }
}
