import { describe, expect, test } from 'vitest'
import { compileJmesPath, functions, functionSignature, type JmesPathEnvironment } from '../../../../src/expression/jmespath/index.ts'
import type { JsonValue } from '../../../../src/model/json.ts'

const environment: JmesPathEnvironment = { now: Date.UTC(2024, 1, 29, 12, 30), random: () => 0.5, resolveHost: (name) => (name === 'intern.example' ? ['10.0.0.1'] : undefined) }
const search = (expression: string, data: JsonValue = {}) => compileJmesPath(expression).search(data, environment)

const answers: readonly [expression: string, answer: JsonValue][] = [
  // text
  ['compare(\'a\', \'b\')', -1n], ['compare(\'b\', \'b\')', 0n], ['equal_fold(\'Straße\', \'STRAßE\')', true], ['equal_fold(\'k\', \'\u212a\')', true], ['equal_fold(\'ı\', \'i\')', false],
  ['replace(\'aaa\', \'a\', \'b\', `2`)', 'bba'], ['replace(\'ab\', \'\', \'-\', `-1`)', '-a-b-'], ['replace(\'ab\', \'\', \'-\', `2`)', '-a-b'], ['replace(\'ab\', \'a\', \'$&\', `0`)', 'ab'],
  ['replace_all(\'a.b.c\', \'.\', \'$$\')', 'a$$b$$c'], ['to_upper(\'straße é\')', 'STRAßE É'], ['to_lower(\'ÀB\')', 'àb'], ['trim(\'xxhixy\', \'yx\')', 'hi'], ['trim_prefix(\'v1\', \'v\')', '1'],
  ['split(\'a,b\', \',\')', ['a', 'b']], ['split(\'a😀\', \'\')', ['a', '😀']], ['join(\'-\', [\'a\', \'b\'])', 'a-b'], ['truncate(\'héllo\', `2.9`)', 'hé'], ['truncate(\'a\', `-1`)', ''],
  ['starts_with(\'abc\', \'ab\')', true], ['ends_with(\'abc\', \'bc\')', true], ['path_canonicalize(\'/a/./b//../c/\')', '/a/c'], ['path_canonicalize(\'../a/../..\')', '../..'], ['path_canonicalize(\'\')', ''],
  ['path_canonicalize(\'/..\')', '/'], ['path_canonicalize(\'a/..\')', '.'], ['reverse(\'a😀b\')', 'b😀a'], ['length(\'a😀\')', 2],
  // regular expressions and wildcards
  ['regex_match(\'^v\\d+\', \'v12\')', true], ['regex_match(\'1\', `16777217`)', true], ['regex_replace_all(\'a(x*)b\', \'-ab-axxb-\', \'${1}W\')', '-W-xxW-'],
  ['regex_replace_all(\'a(x*)b\', \'-ab-axxb-\', \'$1W\')', '---'], ['regex_replace_all(\'x*\', \'abc\', \'-\')', '-a-b-c-'], ['regex_replace_all(\'a*\', \'baac\', \'-\')', '-b-c-'],
  ['regex_replace_all(\'(?P<n>b)\', \'abc\', \'<${n}$$>\')', 'a<b$>c'], ['regex_replace_all_literal(\'b\', \'abc\', \'$0\')', 'a$0c'], ['pattern_match(\'a?c*\', \'abcd\')', true], ['pattern_match(\'1*\', `12`)', true],
  // numbers
  ['abs(`-2`)', 2], ['ceil(`1.2`)', 2], ['floor(`-1.2`)', -2], ['avg([`1`, `2`])', 1.5], ['max([`1`, `3`, `2`])', 3], ['max([\'a\', \'b\'])', 'b'], ['min(`[]`)', null], ['round(`1.255`, `2`)', 1.25],
  ['round(`-1.5`, `0`)', -2], ['round(`2.5`, `0`)', 3],
  // arithmetic
  ['add(`0.1`, `0.2`)', 0.1 + 0.2], ['add(\'1Gi\', \'512Mi\')', '1536Mi'], ['add(\'1h\', \'10m1s\')', '1h10m1s'], ['add(\'10\', \'5\')', '15'], ['subtract(\'10s\', \'1m1s\')', '-51s'],
  ['multiply(\'10Mi\', `1.5`)', '15Mi'], ['multiply(`2`, \'1h1s\')', '2h0m2s'], ['divide(\'3\', \'2\')', 1.5], ['divide(\'10\', `4`)', '2'], ['divide(\'1Gi\', `3`)', '357913941'], ['divide(\'1h\', \'30m0s\')', 2],
  ['modulo(`10`, `3`)', 1], ['modulo(`-10`, `3`)', -1], ['modulo(\'10Mi\', \'3Mi\')', '1Mi'], ['modulo(\'1h1s\', \'1h0s\')', '1s'], ['sum([\'1\', \'2m\'])', '1002m'], ['sum([\'a\'])', 'a'],
  // lists and objects
  ['sort([\'b\', \'😀\', \'\uffff\'])', ['b', '\uffff', '😀']], ['sort([`2`, `1`])', [1, 2]], ['sort_by([{a: `2`}, {a: `1`}], &a)', [{ a: 1 }, { a: 2 }]], ['max_by([{a: \'x\'}, {a: \'y\'}], &a).a', 'y'],
  ['min_by(`[]`, &a)', null], ['map(&a, [{a: `1`}, {b: `2`}])', [1, null]], ['merge({a: `1`}, {a: `2`, b: `3`})', { a: 2, b: 3 }], ['not_null(`null`, `0`)', 0], ['to_array(`1`)', [1]], ['to_array([`1`])', [1]],
  ['contains([`1`, \'a\'], \'a\')', true], ['contains(\'abc\', `1`)', false], ['lookup({a: `1`}, \'toString\')', null], ['lookup([`1`, `2`], `1`)', 2], ['lookup([`1`], `-1`)', null],
  ['items({b: `1`, a: `2`}, \'k\', \'v\')', [{ k: 'a', v: 2 }, { k: 'b', v: 1 }]], ['items([\'x\'], \'i\', \'v\')', [{ i: 0, v: 'x' }]], ['object_from_lists([\'a\', `1.5`, \'a\'], [`1`, `2`])', { 'a': null, '1.5': 2 }],
  ['label_match({a: \'1\'}, {a: \'1\', b: \'2\'})', true], ['label_match({a: [`1`]}, {a: [`1`]})', true], ['label_match({toString: \'1\'}, {a: \'1\'})', false],
  // conversion
  ['type(`null`)', 'null'], ['type(`1`)', 'number'], ['type(`[]`)', 'array'], ['type(@)', 'object'], ['to_string({b: \'<\', a: `1e21`})', '{"a":1e+21,"b":"\\u003c"}'], ['to_number(\'0x1p4\')', 16], ['to_number(\'1e3\')', 1000], ['to_number(\'x\')', null],
  ['to_number(\'\')', null], ['to_boolean(\'TRUE\')', true], ['parse_json(\'{"a": [1]}\').a[0]', 1], ['parse_yaml(\'a: 0o17\').a', 15], ['base64_decode(\'aMOp\')', 'hé'], ['base64_encode(\'hé\')', 'aMOp'],
  // times
  ['time_now_utc()', '2024-02-29T12:30:00Z'], ['time_now(`1`)', '2024-02-29T12:30:00Z'], ['time_since(\'\', \'2024-02-29T12:00:00Z\', \'\')', '30m0s'], ['time_add(\'2023-01-12T12:37:56-05:00\', \'6h\')', '2023-01-12T18:37:56-05:00'],
  ['time_add(\'2024-12-31T23:59:59.5Z\', \'500ms\')', '2025-01-01T00:00:00Z'], ['time_parse(\'02 Jan 06 15:04 MST\', \'02 Jan 23 15:04 UTC\')', '2023-01-02T15:04:00Z'], ['time_parse(\'0\', \'1702691171\')', '2023-12-16T01:46:11Z'],
  ['time_parse(\'2006-002\', \'2024-060\')', '2024-02-29T00:00:00Z'], ['time_parse(\'3:04 PM\', \'12:30 AM\')', '0000-01-01T00:30:00Z'], ['time_parse(\'2006-01-02 15:04:05 -0700\', \'2024-01-02 03:04:05 +0530\')', '2024-01-02T03:04:05+05:30'],
  ['time_to_cron(\'2023-02-02T15:04:05Z\')', '4 15 2 2 4'], ['time_utc(\'2023-01-12T12:37:56-05:00\')', '2023-01-12T17:37:56Z'], ['time_diff(\'2024-01-01T00:00:00Z\', \'2024-01-02T00:00:00Z\')', '24h0m0s'],
  ['time_before(\'2024-01-01T00:00:00Z\', \'2024-01-01T01:00:00+02:00\')', false], ['time_after(\'2024-01-01T00:00:00Z\', \'2024-01-01T01:00:00+02:00\')', true],
  ['time_between(\'2024-01-01T00:00:00Z\', \'2024-01-01T00:00:00Z\', \'2025-01-01T00:00:00Z\')', false], ['time_truncate(\'2023-01-12T17:37:00Z\', \'1h\')', '2023-01-12T17:00:00Z'],
  // formats and hashes
  ['semver_compare(\'1.2.3\', \'1.x\')', true], ['semver_compare(\'v1.2.3\', \'>=1.0.0\')', false], ['image_normalize(\'app\')', 'docker.io/app:latest'], ['is_external_url(\'http://169.254.1.1\')', true],
  ['is_external_url(\'https://[::1]:8443/x\')', false], ['is_external_url(\'http://192.168.0.1:80\')', false], ['is_external_url(\'http://intern.example/\')', false],
  ['md5(\'\')', 'd41d8cd98f00b204e9800998ecf8427e'], ['sha1(\'\')', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'], ['sha256(\'\')', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
]

describe('functions', () => {
  test.each(answers)('%s', (expression, answer) => {
    expect(structuredClone(search(expression))).toEqual(answer)
  })

  test.each([
    'abs(\'1\')', 'abs(`1`, `2`)', 'length(`null`)', 'join(\',\', [`1`])', 'add(\'1h\', \'30m\')', 'add(`1`, \'1\')', 'multiply(\'1\', \'1\')', 'divide(`1`, `0`)', 'divide(\'1\', \'0\')', 'modulo(`10.5`, `3`)',
    'modulo(`1`, `0`)', 'sum(`[]`)', 'round(`1`, `-1`)', 'round(`1`, `0.5`)', 'to_boolean(\'yes\')', 'base64_decode(\'!!\')', 'base64_decode(\'YQ\')', 'parse_json(\'{\')', 'parse_json(\'1e400\')', 'parse_yaml(\'[\')',
    'lookup({a: `1`}, `1`)', 'lookup([`1`], `0.5`)', 'regex_match(\'(\', \'a\')', 'regex_match(\'(?=a)\', \'a\')', 'semver_compare(\'1.0.0\', \'bad\')', 'image_normalize(\'A B\')', 'merge(`1`)', 'merge()', 'not_null()',
    'contains([{a: `1`}], {a: `1`})', 'sort_by([{a: `1`}, {b: `1`}], &a)', 'max_by([`1`, `2`], &a)', 'time_utc(\'yesterday\')', 'time_parse(\'2006-01-02\', \'2023-02-29\')', 'time_add(\'2023-01-01T00:00:00Z\', \'1d\')',
    'object_from_lists([[`1`]], [`1`])', 'random(\'\')', 'random(\'\\d\')', 'random(\'[\')', 'is_external_url(\'http://unknown.example\')', 'is_external_url(\'http://[::1\')', 'nosuch()', 'map(`1`, [`1`])', 'compare(`null`, \'a\')',
  ])('%s is an error', (expression) => {
    expect(() => search(expression)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^(EXPRESSION_FAILED|LOOKUP_UNAVAILABLE)$/) }))
  })

  test('int64 is no number to functions', () => {
    for (const call of ['abs(n)', 'add(n, `1`)', 'to_number(n)', 'type(n)', 'sum([n, n])', 'object_from_lists([n], [n])']) expect(() => search(call, { n: 1n })).toThrow()
    expect(search('to_string(n)', { n: 9007199254740993n })).toBe('9007199254740993')
  })

  test('random follows its expression', () => {
    let seed = 0
    const varying = { ...environment, random: () => (seed = (seed + 0.37) % 1) }
    for (const pattern of ['[a-z0-9]{8}', '(foo|bar)-[[:digit:]]+', 'x?y*z{2,3}', '[^a-z]{4}', '\\.\\-a.b$']) {
      const made = compileJmesPath(`random('${pattern.replaceAll('\\', '\\')}')`).search(null, varying)
      expect(compileJmesPath('regex_match(p, t)').search({ p: `^(?:${pattern})$`, t: made }, environment)).toBe(true)
    }
  })

  test('every function has a summary and a signature', () => {
    expect(functions.size).toBeGreaterThan(70)
    for (const row of functions.values()) expect(row.summary).not.toBe('')
    expect(functionSignature(functions.get('replace') as never)).toBe('replace(string, string, string, number) string')
    expect(functionSignature(functions.get('merge') as never)).toBe('merge(object, …) object')
  })
})
