// apiserver: pkg/cel/library/urls.go, pkg/cel/url.go
import { escapedPath, formatUrl, hostname, parseRequestUri, parseUrl, port, queryValues, UrlError, type GoUrl } from '../../../../values/go-url.ts'
import { fn, method, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { bool, list, map, string } = celType
const urlType: CelType<Url> = celType.opaque<Url>('kubernetes.URL')

/** An address. */
class Url extends CelOpaque {
  readonly type: CelType = urlType
  readonly url: GoUrl

  constructor(url: GoUrl) {
    super()
    this.url = url
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof Url)) throw failure('no such overload')
    return this.toJson() === other.toJson()
  }

  toJson(): string {
    return formatUrl(this.url)
  }
}

/** Only what could be requested: an absolute address or an absolute path. */
function parse(text: string): Url {
  try {
    parseRequestUri(text)
    return new Url(parseUrl(text))
  } catch (error) {
    if (error instanceof UrlError) throw failure(`URL parse error during conversion from string: ${error.message}`)
    throw error
  }
}

function isUrl(text: string): boolean {
  try {
    parseRequestUri(text)
    return true
  } catch (error) {
    if (error instanceof UrlError) return false
    throw error
  }
}

export const url: CelLibrary = {
  name: 'url',
  summary: 'Addresses taken apart',
  functions: [
    fn('url', [string], urlType, parse),
    fn('isURL', [string], bool, isUrl),
    method('getScheme', [urlType], string, (value) => value.url.scheme),
    method('getHost', [urlType], string, (value) => value.url.host),
    method('getHostname', [urlType], string, (value) => hostname(value.url)),
    method('getPort', [urlType], string, (value) => port(value.url)),
    method('getEscapedPath', [urlType], string, (value) => escapedPath(value.url)),
    method('getQuery', [urlType], map(string, list(string)), (value) => Object.fromEntries(queryValues(value.url))),
  ],
}
