// Go: net/url (url.go). Addresses as Go programs take them apart, which differs from WHATWG's URL in what is refused and what is kept.
import { goQuote } from './go-quote.ts'
import { AddressError, parseIpAddress } from './ip-address.ts'

/** A taken-apart address. */
export interface GoUrl {
  readonly scheme: string
  readonly opaque: string
  /** As written, still escaped; undefined where there is none. */
  readonly userinfo: string | undefined
  /** Host and port, unescaped. */
  readonly host: string
  /** As written. */
  readonly rawPath: string
  readonly rawQuery: string
  readonly forceQuery: boolean
  readonly rawFragment: string
  readonly omitHost: boolean
}

/** An address that Go refuses; the message is Go's. */
export class UrlError extends Error {}

type Encoding = 'host' | 'path' | 'query' | 'fragment' | 'user'

/** Reads an absolute address or an absolute path, as for a request: no fragment. Throws `UrlError`. */
export function parseRequestUri(text: string): GoUrl {
  return named(text, () => parse(text, true))
}

/** Reads any reference. Throws `UrlError`. */
export function parseUrl(text: string): GoUrl {
  const hash = text.indexOf('#')
  const url = named(hash < 0 ? text : text.slice(0, hash), () => parse(hash < 0 ? text : text.slice(0, hash), false))
  if (hash < 0) return url
  return named(text, () => {
    unescape(text.slice(hash + 1), 'fragment')
    return { ...url, rawFragment: text.slice(hash + 1) }
  })
}

function named(text: string, read: () => GoUrl): GoUrl {
  try {
    return read()
  } catch (error) {
    if (error instanceof UrlError) throw new UrlError(`parse ${goQuote(text)}: ${error.message}`)
    throw error
  }
}

const empty: GoUrl = { scheme: '', opaque: '', userinfo: undefined, host: '', rawPath: '', rawQuery: '', forceQuery: false, rawFragment: '', omitHost: false }

function parse(text: string, isRequest: boolean): GoUrl {
  if (/\p{Cc}/u.test(text.replace(/[\u0080-\u009f]/g, ''))) throw new UrlError('net/url: invalid control character in URL')
  if (text === '' && isRequest) throw new UrlError('empty url')
  if (text === '*') return { ...empty, rawPath: '*' }
  const { scheme, rest: afterScheme } = splitScheme(text)
  const { rest, rawQuery, forceQuery } = splitQuery(afterScheme)
  const base = { ...empty, scheme, rawQuery, forceQuery }
  if (!rest.startsWith('/') && scheme !== '') return { ...base, opaque: rest }
  if (!rest.startsWith('/')) checkRelative(rest, isRequest)
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || (!isRequest && !rest.startsWith('///')))
  if (!hasAuthority) return withPath({ ...base, omitHost: scheme !== '' && rest.startsWith('/') }, rest)
  const slash = rest.indexOf('/', 2)
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash)
  return withPath({ ...base, ...parseAuthority(scheme, authority) }, slash < 0 ? '' : rest.slice(slash))
}

function checkRelative(rest: string, isRequest: boolean): void {
  if (isRequest) throw new UrlError('invalid URI for request')
  if (/^[^/]*:/.test(rest)) throw new UrlError('first path segment in URL cannot contain colon')
}

function withPath(url: GoUrl, rawPath: string): GoUrl {
  unescape(rawPath, 'path')
  return { ...url, rawPath }
}

function splitScheme(text: string): { readonly scheme: string; readonly rest: string } {
  if (text.startsWith(':')) throw new UrlError('missing protocol scheme')
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text)
  return match?.[1] === undefined ? { scheme: '', rest: text } : { scheme: match[1].toLowerCase(), rest: text.slice(match[0].length) }
}

function splitQuery(text: string): { readonly rest: string; readonly rawQuery: string; readonly forceQuery: boolean } {
  const mark = text.indexOf('?')
  if (mark < 0) return { rest: text, rawQuery: '', forceQuery: false }
  return { rest: text.slice(0, mark), rawQuery: text.slice(mark + 1), forceQuery: mark === text.length - 1 }
}

function parseAuthority(scheme: string, authority: string): Pick<GoUrl, 'userinfo' | 'host'> {
  const at = authority.lastIndexOf('@')
  const host = parseHost(scheme, authority.slice(at + 1))
  if (at < 0) return { userinfo: undefined, host }
  const userinfo = authority.slice(0, at)
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userinfo)) throw new UrlError('net/url: invalid userinfo')
  unescape(userinfo, 'user')
  return { userinfo, host }
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) throw new UrlError('invalid IP-literal')
  if (bracket === 0) return parseIpLiteral(host)
  const first = host.indexOf(':')
  if (first >= 0) {
    const strict = scheme === 'http' || scheme === 'https'
    checkPort(host.slice(strict ? first : host.lastIndexOf(':')))
  }
  return unescape(host, 'host')
}

function parseIpLiteral(host: string): string {
  const close = host.lastIndexOf(']')
  if (close < 0) throw new UrlError("missing ']' in host")
  const port = host.slice(close + 1)
  checkPort(port)
  const literal = unescape(host.slice(1, close), 'host')
  try {
    if (parseIpAddress(literal).bytes.length === 4) throw new UrlError('invalid IP-literal')
  } catch (error) {
    if (error instanceof AddressError) throw new UrlError(`invalid host: ${error.message}`)
    throw error
  }
  return `[${literal}]${port}`
}

function checkPort(port: string): void {
  if (!/^(?::[0-9]*)?$/.test(port)) throw new UrlError(`invalid port ${goQuote(port)} after host`)
}

/** What need not be escaped, beyond letters, digits and `-_.~`. */
const allowed: Readonly<Record<Encoding, string>> = {
  host: `!$&'()*+,;=:[]<>"`, path: '$&+,/:;=@', query: '', fragment: "$&+,/:;=?@!()*", user: '$&+,;=',
}

function isPlain(character: string, encoding: Encoding): boolean {
  return /[A-Za-z0-9\-_.~]/.test(character) || allowed[encoding].includes(character)
}

function unescape(text: string, encoding: Encoding): string {
  const bad = /%(?![0-9a-fA-F]{2})/.exec(text)
  if (bad !== null) throw new UrlError(`invalid URL escape ${goQuote(text.slice(bad.index, bad.index + 3))}`)
  if (encoding === 'host') checkHostCharacters(text)
  const spaced = encoding === 'query' ? text.replaceAll('+', ' ') : text
  return spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString())
}

/** A host may only escape what is not ASCII, and the `%` of a zone. */
function checkHostCharacters(text: string): void {
  const escape = /%[0-7][0-9a-fA-F]/g
  for (const [found] of text.matchAll(escape)) if (found !== '%25') throw new UrlError(`invalid URL escape ${goQuote(found)}`)
  for (const character of text) {
    if (character !== '%' && character.charCodeAt(0) < 0x80 && !isPlain(character, 'host')) throw new UrlError(`invalid character ${goQuote(character)} in host name`)
  }
}

function escape(text: string, encoding: Encoding): string {
  return Array.from(text, (character) => (isPlain(character, encoding) ? character : percentEncode(character))).join('')
}

function percentEncode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** The path as it goes over the wire: as written where that is valid, else escaped anew. */
export function escapedPath({ rawPath }: GoUrl): string {
  return isValidEncoding(rawPath, 'path') ? rawPath : rawPath === '*' ? '*' : escape(unescape(rawPath, 'path'), 'path')
}

function isValidEncoding(text: string, encoding: Encoding): boolean {
  return Array.from(text).every((character) => "!$&'()*+,;=:@[]%".includes(character) || isPlain(character, encoding))
}

/** Path and fragment as the fields of Go's URL hold them: decoded, and as written only where Go would write them otherwise. */
export function decodedParts({ rawPath, rawFragment }: GoUrl): { readonly path: string; readonly rawPath: string; readonly fragment: string; readonly rawFragment: string } {
  const [path, fragment] = [unescape(rawPath, 'path'), unescape(rawFragment, 'fragment')]
  return {
    path, rawPath: escape(path, 'path') === rawPath ? '' : rawPath,
    fragment, rawFragment: escape(fragment, 'fragment') === rawFragment ? '' : rawFragment,
  }
}

/** The host without port and brackets. */
export function hostname({ host }: GoUrl): string {
  const bare = host.replace(/:[0-9]*$/, (port, at: number) => (host.startsWith('[') && !host.slice(0, at).endsWith(']') ? port : ''))
  return bare.startsWith('[') && bare.endsWith(']') ? bare.slice(1, -1) : bare
}

/** The port; empty where none is written. */
export function port({ host }: GoUrl): string {
  const match = /:([0-9]*)$/.exec(host)
  return match === null || (host.startsWith('[') && !host.slice(0, match.index).endsWith(']')) ? '' : match[1] ?? ''
}

/** The query's values by key, in order; parts that Go refuses are left out, as its `Query` does. */
export function queryValues({ rawQuery }: GoUrl): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>()
  for (const part of rawQuery.split('&')) {
    if (part === '' || part.includes(';')) continue
    const [, key = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? []
    try {
      const name = unescape(key, 'query')
      const text = unescape(value, 'query')
      const list = values.get(name)
      if (list === undefined) values.set(name, [text])
      else list.push(text)
    } catch (error) {
      if (!(error instanceof UrlError)) throw error
    }
  }
  return values
}

/** The address put together again. */
export function formatUrl(url: GoUrl): string {
  const scheme = url.scheme === '' ? '' : `${url.scheme}:`
  const query = url.forceQuery || url.rawQuery !== '' ? `?${url.rawQuery}` : ''
  const fragment = url.rawFragment === '' ? '' : `#${isValidEncoding(url.rawFragment, 'fragment') ? url.rawFragment : escape(unescape(url.rawFragment, 'fragment'), 'fragment')}`
  return `${scheme}${url.opaque === '' ? hierarchy(url) : url.opaque}${query}${fragment}`
}

function hierarchy(url: GoUrl): string {
  const path = escapedPath(url)
  const hasAuthority = url.scheme !== '' || url.host !== '' || url.userinfo !== undefined
  const omitted = url.omitHost && url.host === '' && url.userinfo === undefined
  if (!hasAuthority || omitted || (url.host === '' && path === '' && url.userinfo === undefined)) return path
  const user = url.userinfo === undefined ? '' : `${url.userinfo}@`
  return `//${user}${escape(url.host, 'host')}${path}`
}
