import { describe, expect, test } from 'vitest'
import { decodedParts, hostname, parseUrl } from '../../../src/values/go-url.ts'

describe('URLs', () => {
  test.each([
    ['http://a.example:80/x?y#z', 'a.example'], ['//a.example/x', 'a.example'], ['https://user:p%40ss@[::1]:443', '::1'], ['mailto:a@b', ''], ['/path', ''], ['a/b:c', ''], ['', ''], ['http://', ''],
    ['HTTP://A.example', 'A.example'], ['http://a.example:', 'a.example'], ['foo://a:b:1', 'a:b'], ['http://h%C3%A9', 'hé'],
  ])('the host of %s is %s', (text, host) => {
    expect(hostname(parseUrl(text))).toBe(host)
  })

  test.each(['a:b:c'.slice(1), '1:2', 'http://a:b', 'http://a:1:2', 'http://[::1', 'http://a b', 'http://%zz', 'http://a/%zz', 'http://a\n', 'http://x%41', 'a/b#%z'])('%j does not parse', (text) => {
    expect(() => parseUrl(text)).toThrow()
  })

  test('parts', () => {
    const url = parseUrl('https://u@h:1/a%2Fb?#f')
    expect(url).toMatchObject({ scheme: 'https', userinfo: 'u', host: 'h:1', forceQuery: true, rawQuery: '' })
    expect(decodedParts(url)).toEqual({ path: '/a/b', rawPath: '/a%2Fb', fragment: 'f', rawFragment: '' })
  })
})
