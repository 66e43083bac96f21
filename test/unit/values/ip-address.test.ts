import { describe, expect, test } from 'vitest'
import { addressKind } from '../../../src/values/ip-address.ts'

describe('IP addresses', () => {
  test.each([
    ['127.0.0.1', 'loopback'], ['127.255.0.1', 'loopback'], ['::1', 'loopback'], ['10.1.2.3', 'private'], ['172.16.0.1', 'private'], ['172.32.0.1', 'external'], ['192.168.0.1', 'private'],
    ['fd00::1', 'private'], ['::ffff:10.0.0.1', 'private'], ['::ffff:7f00:1', 'loopback'], ['8.8.8.8', 'external'], ['169.254.0.1', 'external'], ['2001:db8::', 'external'], ['::', 'external'],
    ['1.2.3', undefined], ['1.2.3.256', undefined], ['01.2.3.4', undefined], ['host', undefined], ['1::2::3', undefined], ['1:2:3:4:5:6:7', undefined], ['1:2:3:4:5:6:7:8::', undefined], ['g::', undefined], ['', undefined],
  ])('%s is %s', (text, kind) => {
    expect(addressKind(text)).toBe(kind)
  })
})
