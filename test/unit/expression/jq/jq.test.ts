import { describe, expect, test } from 'vitest'
import { encodeJson } from '../../../../src/expression/jq/encode.ts'
import { readJson } from '../../../../src/expression/jq/functions/read-json.ts'
import { compileJq } from '../../../../src/expression/jq/index.ts'
import type { JsonValue } from '../../../../src/model/json.ts'

const read = (text: string): JsonValue => readJson(text).value ?? null

/** All outputs as JSON, or the error's code and message. */
function run(query: string, input: string): string {
  try {
    return compileJq(query, 300_000).evaluate(read(input)).map(encodeJson).join(' ')
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return `${code}: ${message}`
  }
}

describe('outputs', () => {
  test.each<[query: string, input: string, outputs: string]>([
    // Access
    ['.', '{"b":1,"a":2}', '{"a":2,"b":1}'],
    ['.a.b, .a["b"], ."a"', '{"a":{"b":1}}', '1 1 {"b":1}'],
    ['.[1], .[-1], .[1:], .[:1], .[5]', '[1,2,3]', '2 3 [2,3] [1] null'],
    ['.[1.7], .[1.2:2.5]', '[1,2,3]', '2 [2,3]'],
    ['.["a","b"]', '{"a":1,"b":2}', '1 2'],
    ['.a[.b]?', '{"a":{"b":"x","x":1},"b":"y"}', '1'],
    ['.[]?', '5', ''],
    ['..', '[1,[2]]', '[1,[2]] 1 [2] 2'],
    ['[2,1,2,1] | .[[1,2]], indices(1), index(2), rindex(2)', 'null', '[1] [1,3] 0 2'],
    ['.[0], .[1:]', '"aé😀"', '"a" "é😀"'],
    // Construction
    ['{a: (1,2), b: (3,4)}', 'null', '{"a":1,"b":3} {"a":1,"b":4} {"a":2,"b":3} {"a":2,"b":4}'],
    ['{a, "b": 2, ("c","d"): 3, @base64 "x": 1}', '{"a":1}', 'INVALID_EXPRESSION: unexpected token "@base64"'],
    ['1 as $v | {$v, "k\\($v)": .if, if: 1}', '{"if":0}', '{"if":1,"k1":0,"v":1}'],
    ['[.[] | . * 2]', '[1,2]', '[2,4]'],
    ['"a\\(1 + 1)b\\("c")", @json "v=\\(.)", @sh "echo \\("it\'s")"', '[1]', '"a2bc" "v=[1]" "echo \'it\'\\\\\'\'s\'"'],
    ['"\\u00e9\\ud83d\\ude00\\ud800"', 'null', '"é😀\ufffd"'],
    // Operators
    ['1 + 2 * 3 - 4 / 2 % 2', 'null', '7'],
    ['10 / 4, 6 / 3, 7 % 3, -7 % 3, 5.9 % 2.1', 'null', '2.5 2 1 -1 1'],
    ['9007199254740993 + 1, 9223372036854775807 + 1', 'null', '9007199254740994 9223372036854775808'],
    ['"ab" * 2, "a,b" / ",", [1,2,1] - [1], {a:{b:1}} * {a:{c:2}}', 'null', '"abab" ["a","b"] [2] {"a":{"b":1,"c":2}}'],
    ['null < false, false < true, true < 0, 0 < "", "" < [], [] < {}, nan < 1', 'null', 'true true true true true true true'],
    ['1 == 1.0, {a:1,b:2} == {b:2,a:1}', 'null', 'true true'],
    ['(true, false) and (true, false)', 'null', 'true false false'],
    ['(null, false, 1) // 2, (empty // 3), (false // 4)', 'null', '1 3 4'],
    ['-(1,2), -.', '3', '-1 -2 -3'],
    ['1, 2 as $x | $x', 'null', '1 2'],
    ['1 + 2 as $x | $x', 'null', '3'],
    // Control
    ['if . > 1 then "big" elif . == 1 then "one" end', '1', '"one"'],
    ['if (true, false) then 1 else 2 end', 'null', '1 2'],
    ['reduce .[] as $x (0; . + $x), reduce empty as $x (1; 2)', '[1,2,3]', '6 1'],
    ['[foreach .[] as [$a, $b] (0; . + $a; [$b, .])]', '[[1,"x"],[2,"y"]]', '[["x",1],["y",3]]'],
    ['[label $out | .[] | ., if . == 2 then break $out else empty end]', '[1,2,3]', '[1,2]'],
    ['try error({a:1}) catch .a, (try error("x") catch .), try (1, error("y")) catch .', 'null', '1 "x" 1 "y"'],
    ['[.[] | (1 / .)?]', '[0,2]', '[0.5]'],
    ['.[] as {a: $x} ?// [$x] | [$x]', '[{"a":1},[2]]', '[1] [2]'],
    ['. as {a: $x, $b, ("c"): [$d]} | [$x, $b, $d]', '{"a":1,"b":2,"c":[3]}', '[1,2,3]'],
    ['def f(g): def h: g | g; h; 3 | f(. * 2)', 'null', '12'],
    ['def add2($a; $b): $a + $b + a; add2((1,2); 10)', 'null', '12 13 13 14'],
    ['def fac: if . <= 1 then 1 else . * (. - 1 | fac) end; fac', '20', '2432902008176640000'],
    ['[limit(2; repeat(1))], [first(range(5; 9))], [skip(1; .[])], nth(1; .[]), [last(.[])]', '[1,2,3]', '[1,1] [5] [2,3] 2 [3]'],
    ['[range(0; 1; 0.5)], [range(3; 0; -2)], [until(. > 20; . * 3)], [while(. < 20; . * 3)]', '1', '[0,0.5] [3,1] [27] [1,3,9]'],
    ['[isempty(1, error("x"))], any(.[]; . > 2), all, any', '[1,3]', '[false] true true true'],
    // Updates
    ['.a.b = 1, .a += 1, .x //= 2, (.a |= empty)', '{"a":1}', 'EXPRESSION_FAILED: setpath(["a","b"]; 1) cannot be applied to {"a":1}: expected an object but got: number (1)'],
    ['.[] += 10', '{"a":1,"b":2}', '{"a":11,"b":12}'],
    ['.[1:] = ["x"], (.[1:] |= map(. * 2)), del(.[0, 2]), (.[4] = 1), .[-1] = 0', '[1,2,3]', '[1,"x"] [1,4,6] [2] [1,2,3,null,1] [1,2,0]'],
    ['(.. | numbers) |= . + 1', '{"a":[1,{"b":2}]}', '{"a":[2,{"b":3}]}'],
    ['map_values(empty)', '[1,2,3]', '[]'],
    ['to_entries, with_entries(.value += 1), (to_entries | from_entries)', '{"a":1}', '[{"key":"a","value":1}] {"a":2} {"a":1}'],
    ['delpaths([["a",0],["b"]]), setpath(["a",1];3), getpath(["x","y"]), pick(.a[1])', '{"a":[1,2],"b":1}', '{"a":[2]} {"a":[1,3],"b":1} null {"a":[null,2]}'],
    ['[paths], [path(..)], [paths(type == "number")]', '[1,[2]]', '[[0],[1],[1,0]] [[],[0],[1],[1,0]] [[0],[1,0]]'],
    ['[tostream], fromstream(tostream)', '{"a":[1]}', '[[["a",0],1],[["a",0]],[["a"]]] {"a":[1]}'],
    // Texts
    ['[test("B"; "i"), (match("b+"; "g") | [.offset, .length]), sub("(?<x>b)"; "[\\(.x)]"), gsub("[ab]"; "-")]', '"abbb"', '[true,[1,3],"a[b]bb","----"]'],
    ['capture("(?<name>[a-z]+)-(?<n>[0-9])?"), [scan("[a-z]")], [splits("-")], split("-"; null)', '"ab-"', '{"n":null,"name":"ab"} ["a","b"] ["ab",""] ["ab",""]'],
    ['sub("b"; "1", "2")', '"abc"', '"a1c" "a2c"'],
    ['[match(""; "g").offset]', '"😀"', '[0,1]'],
    ['ltrimstr("a"), rtrimstr("c"), trimstr("a"), (" \\t x " | trim, ltrim, rtrim)', '"abc"', '"bc" "ab" "bc" "x" "x " " \\t x"'],
    ['ascii_upcase, ascii_downcase, explode, (explode | implode), length, utf8bytelength', '"aÉ"', '"AÉ" "aÉ" [97,201] "aÉ" 2 3'],
    ['split(","), (split(",") | join("-")), startswith("a"), endswith("b"), contains(","), inside("xa,by")', '"a,b"', '["a","b"] "a-b" true true true true'],
    ['@base64, @base64d, @uri, @html, @text, (["x", 1, null] | @csv, @tsv)', '"YQ"', '"WVE=" "a" "YQ" "YQ" "YQ" "\\"x\\",1," "x\\t1\\t"'],
    ['tojson, (tojson | fromjson), tostring, ("12" | tonumber), ("true" | toboolean)', '{"a":[1.5]}', '"{\\"a\\":[1.5]}" {"a":[1.5]} "{\\"a\\":[1.5]}" 12 true'],
    // Collections
    ['sort, unique, reverse, min, max, add, length, flatten(1), transpose?', '[[2],[1],[2]]', '[[1],[2],[2]] [[1],[2]] [[2],[1],[2]] [1] [2] [2,1,2] 3 [2,1,2] [[2,1,2]]'],
    ['group_by(.a), sort_by(-.a), min_by(.a), unique_by(.a), map(.a)', '[{"a":1},{"a":2}]', '[[{"a":1}],[{"a":2}]] [{"a":2},{"a":1}] {"a":1} [{"a":1},{"a":2}] [1,2]'],
    ['keys, has("a"), (["a"] | has(0)), ("a" | in({"a":1})), (2 | IN(1,2)), INDEX(.[]; .)', '{"b":1,"a":2}', '["a","b"] true true true true {"1":1,"2":2}'],
    ['[combinations], ([1,2] | bsearch(2), bsearch(0)), walk(if type == "number" then . + 1 else . end)', '[[1,2],[3]]', '[[1,3],[2,3]] 1 -1 [[2,3],[4]]'],
    ['[.[] | type], [.[] | numbers, strings], [.[] | scalars]', '[1,"a",null,[],{},true]', '["number","string","null","array","object","boolean"] [1,"a"] [1,"a",null,true]'],
    ['floor, sqrt, pow(.; 2), round, fabs, ([1.5, 2.5, -1.5] | map(round), map(rint))', '4', '4 2 16 4 4 [2,3,-2] [2,2,-2]'],
    ['infinite, nan, (nan | isnan), (1 | isfinite), 1e1000', 'null', '1.7976931348623157e+308 null true true 1.7976931348623157e+308'],
    ['todate, (todate | fromdate), strftime("%a %b %d %j"), gmtime', '1425599621', '"2015-03-05T23:53:41Z" 1425599621 "Thu Mar 05 064" [2015,2,5,23,53,41,4,63]'],
    ['env, $ENV.HOME', 'null', '{} null'],
    ['.a # a comment \\\n goes on\n| .b', '{"a":{"b":1}}', '1'],
  ])('%s', (query, input, outputs) => {
    expect(run(query, input)).toBe(outputs)
  })
})

describe('in a path', () => {
  test.each<[query: string, input: string, outputs: string]>([
    ['path(.a[0]?, .b)', '{"b":1}', '["a",0] ["b"]'],
    ['path(first(.a, .b)), path(if .a then .b else .c end), path(.x // .b)', '{"a":1,"b":2}', '["a"] ["b"] ["b"]'],
    ['path(.. | select(type == "number")), [path(limit(1; .[]))]', '{"a":{"b":1}}', '["a","b"] [["a"]]'],
    ['path(getpath(["a","b"])), path(.a | getpath(["b"])), path(.l[1:][0])', '{"a":{"b":1},"l":[1,2]}', '["a","b"] ["a","b"] ["l",{"end":null,"start":1},0]'],
    ['path(. as $all | .a[$all.i]), path(reduce 1 as $x (.a; .)), path(.a + [])', '{"a":[1,2],"i":1}', '["a",1] ["a"] ["a"]'],
    ['path(1)', 'null', 'EXPRESSION_FAILED: invalid path against: number (1)'],
    ['path(map(.a))', '[{"a":1}]', 'EXPRESSION_FAILED: invalid path against: array ([1])'],
    ['path(to_entries[])', '{"a":1}', 'EXPRESSION_FAILED: invalid path on iterating against: array ([{"key":"a","value":1}])'],
    ['path(last(.[]))', '[1,2]', 'EXPRESSION_FAILED: invalid path against: number (2)'],
    ['path([.a] | ..)', '{"a":1}', 'EXPRESSION_FAILED: invalid path against: array ([1])'],
    ['path(.a[0:0] | .[:1])', '{"a":[1]}', '["a",{"end":0,"start":0},{"end":1,"start":null}]'],
    ['path(.a[0:0] | sort)', '{"a":[1]}', 'EXPRESSION_FAILED: invalid path against: array ([])'],
    ['path(.a | sort)', '{"a":[]}', '["a"]'],
    ['path(.a | tostring)', '{"a":"x"}', '["a"]'],
  ])('%s', (query, input, outputs) => {
    expect(run(query, input)).toBe(outputs)
  })
})

describe('errors', () => {
  test.each<[query: string, message: string]>([
    ['.a b', 'INVALID_EXPRESSION: unexpected token "b"'],
    ['.a |', 'INVALID_EXPRESSION: unexpected EOF'],
    ['1 == 1 == 1', 'INVALID_EXPRESSION: unexpected token "=="'],
    ['"\\x"', 'INVALID_EXPRESSION: invalid escape sequence "\\x" in string literal'],
    ['"abc', 'INVALID_EXPRESSION: unterminated string literal'],
    ['1a', 'INVALID_EXPRESSION: invalid token "1a"'],
    ['foo', 'INVALID_EXPRESSION: function not defined: foo/0'],
    ['map(1; 2)', 'INVALID_EXPRESSION: function not defined: map/2'],
    ['$x', 'INVALID_EXPRESSION: variable not defined: $x'],
    ['break $x', 'INVALID_EXPRESSION: label not defined: $x'],
    ['inputs', 'INVALID_EXPRESSION: input(s)/0 is not allowed'],
    ['constructor', 'INVALID_EXPRESSION: function not defined: constructor/0'],
    ['.[]', 'EXPRESSION_FAILED: cannot iterate over: null'],
    ['1 | .a', 'EXPRESSION_FAILED: expected an object but got: number (1)'],
    ['{} | .[0]', 'EXPRESSION_FAILED: expected an array but got: object ({})'],
    ['startswith("a")', 'EXPRESSION_FAILED: startswith("a") cannot be applied to: null'],
    ['{} + 1', 'EXPRESSION_FAILED: cannot add: object ({}) and number (1)'],
    ['1 / 0', 'EXPRESSION_FAILED: cannot divide number (1) by: number (0)'],
    ['error("boom")', 'EXPRESSION_FAILED: error: boom'],
    ['"é" | fromjson', 'EXPRESSION_FAILED: fromjson cannot be applied to "é": invalid character \'Ã\' looking for beginning of value'],
    ['"[1" | fromjson', 'EXPRESSION_FAILED: fromjson cannot be applied to "[1": unexpected EOF'],
    ['"" | fromjson', 'EXPRESSION_FAILED: fromjson cannot be applied to "": EOF'],
    ['"1 2" | fromjson', 'EXPRESSION_FAILED: fromjson cannot be applied to: string ("1 2")'],
    ['halt', 'EXPRESSION_FAILED: halt error: null'],
    ['"x" | test("(?=x)")', 'EXPRESSION_FAILED: invalid regular expression "(?=x)": error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
    ['"abcdefghijklmnopqrstuvwxyzabcdefgh" | .a', 'EXPRESSION_FAILED: expected an object but got: string ("abcdefghijklmnopqrstuvwx ...")'],
    ['@foo', 'EXPRESSION_FAILED: format not defined: @foo'],
  ])('%s', (query, message) => {
    expect(run(query, 'null')).toBe(message)
  })
})

describe('hostile queries', () => {
  test.each([
    ['[range(1e9)]'], ['repeat(1)'], ['def f: f; f'], ['def f: 1 + f; f'], ['last(range(infinite))'], ['"x" * 1e9 | length'],
    ['reduce range(60) as $i ("x"; . + .)'], ['reduce range(60) as $i ([1]; . + .)'], ['.[1e8] = 1'], ['until(false; . + 1)'], ['[limit(1e9; repeat(.))]'],
    ['reduce range(200000) as $i (null; [.]) | tojson'],
  ])('%s is stopped', (query) => {
    expect(run(query, 'null')).toMatch(/^LIMIT_EXCEEDED/)
  })

  test('nesting is limited', () => {
    expect(run(`${'('.repeat(5000)}1${')'.repeat(5000)}`, 'null')).toMatch(/^LIMIT_EXCEEDED/)
    expect(run(`${'['.repeat(5000)}`, 'null')).toMatch(/^LIMIT_EXCEEDED/)
  })

  test('expressions take linear time', () => {
    expect(run('test("^(a+)+$")', JSON.stringify('a'.repeat(50_000) + '!'))).toBe('false')
    expect(run(`strptime("${'%d'.repeat(40)}x")`, JSON.stringify('1'.repeat(70)))).toMatch(/^EXPRESSION_FAILED/)
  })

  test('names that every object inherits are ordinary keys', () => {
    expect(run('.__proto__, .constructor, has("toString"), (.__proto__.polluted = 1), ({} | .["__proto__"] = 1)', '{}')).toBe('null null false {"__proto__":{"polluted":1}} {"__proto__":1}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('inputs stay as they are, and a query can be used again', () => {
    const input = { a: [1, 2], b: { c: 3 } }
    const query = compileJq('del(.a[0]) | .b.c = 9')
    const before = JSON.stringify(input)
    expect(query.evaluate(input)).toEqual(query.evaluate(input))
    expect(JSON.stringify(input)).toBe(before)
  })
})
