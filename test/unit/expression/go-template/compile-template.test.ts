import { describe, expect, test } from 'vitest'
import { compileTemplate, fromJson, TemplateError } from '../../../../src/expression/go-template/index.ts'

const data = fromJson({ a: { s: 'hello world', f: 3, n: 0, big: 12345678, list: ['x', 'y', 'z'], m: { x: '1', b: 'two' } } })

/** What the real text/template with sprig prints. */
const printed: readonly (readonly [string, string])[] = [
  ['{{ .a.s | upper }}-{{ .a.s | title }}', 'HELLO WORLD-Hello World'],
  ["{{ printf \"%s|%5s|%-5s|%q|%v|%d|%05d|%x|%t|%.2f|%T\" \"a\" \"b\" \"c\" \"q\\\"x\" 1.5 3 42 255 true 3.14159 .a }}", "a|    b|c    |\"q\\\"x\"|1.5|3|00042|ff|true|3.14|map[string]interface {}"],
  ['{{ printf "%d" .a.f }}|{{ printf "%s" 3 }}|{{ printf "%d" }}|{{ printf "x" 1 }}', '%!d(float64=3)|%!s(int=3)|%!d(MISSING)|x%!(EXTRA int=1)'],
  ['{{ .a }}', 'map[big:1.2345678e+07 f:3 list:[x y z] m:map[b:two x:1] n:0 s:hello world]'],
  ['{{ .a.list }}', '[x y z]'],
  ['{{ range $i, $e := .a.list }}{{ $i }}={{ $e }},{{ end }}', '0=x,1=y,2=z,'],
  ['{{ range $k, $v := .a.m }}{{ $k }}:{{ $v }};{{ else }}none{{ end }}', 'b:two;x:1;'],
  ['A {{- with .a.m }} {{ .x }} {{- end -}} !', 'A 1!'],
  ['{{ if and .a.s (eq .a.s "hello world") }}yes{{ else if .a.n }}n{{ else }}no{{ end }}', 'yes'],
  ['{{ $x := 1 }}{{ range until 5 }}{{ $x = add $x . }}{{ if eq . 3 }}{{ break }}{{ end }}{{ end }}{{ $x }}', '7'],
  ['{{ trunc 5 .a.s }}|{{ trunc -5 .a.s }}|{{ abbrev 5 "hello world" }}|{{ abbrevboth 5 10 "1234 5678 9123" }}', 'hello|world|he...|...5678...'],
  ['{{ substr 0 5 "hello world" }}|{{ substr 3 -1 "hello" }}', 'hello|lo'],
  ['{{ list 1 2 3 | join "-" }}|{{ list "c" "a" "b" | sortAlpha }}|{{ first (list 1 2) }}|{{ rest (list 1 2 3) }}|{{ last (list 1 2) }}|{{ initial (list 1 2 3) }}', '1-2-3|[a b c]|1|[2 3]|2|[1 2]'],
  ['{{ dict "a" 1 "b" "x" | toJson }}|{{ toPrettyJson (dict "a" (list 1 2)) }}', "{\"a\":1,\"b\":\"x\"}|{\n  \"a\": [\n    1,\n    2\n  ]\n}"],
  ['{{ get (dict "a" 1) "a" }}|{{ hasKey (dict "a" 1) "b" }}|{{ pluck "a" (dict "a" 1) (dict "a" 2) }}', '1|false|[1 2]'],
  ['{{ $d := dict "a" 1 }}{{ $_ := set $d "b" 2 }}{{ $d }}|{{ omit $d "a" }}|{{ pick $d "a" }}|{{ unset $d "a" }}', 'map[a:1 b:2]|map[b:2]|map[a:1]|map[b:2]'],
  ['{{ merge (dict "a" 1) (dict "a" 2 "b" 3) }}|{{ mergeOverwrite (dict "a" 1) (dict "a" 2 "b" 3) }}', 'map[a:1 b:3]|map[a:2 b:3]'],
  ['{{ default "x" "" }}|{{ default "x" "y" }}|{{ empty 0 }}|{{ coalesce 0 "" "z" }}|{{ ternary "a" "b" true }}', 'x|y|true|z|a'],
  ['{{ split "/" "a/b/c" }}|{{ (split "/" "a/b/c")._1 }}|{{ splitList "," "a,b" }}|{{ splitn "/" 2 "a/b/c" }}', 'map[_0:a _1:b _2:c]|b|[a b]|map[_0:a _1:b/c]'],
  ['{{ "a b c" | nospace }}|{{ initials "First Try" }}|{{ untitle "Hello World" }}|{{ swapcase "This Is A.Test" }}', 'abc|FT|hello world|tHIS iS a.tEST'],
  ['{{ snakecase "FirstName" }}|{{ snakecase "HTTPServer" }}|{{ kebabcase "FirstName" }}|{{ camelcase "http_server" }}|{{ snakecase "first-name x" }}|{{ kebabcase "HTTP2Server" }}', 'first_name|http_server|first-name|HttpServer|first_name_x|http2-server'],
  ['{{ camelcase "no_https" }}|{{ camelcase "HELLO_WORLD" }}|{{ camelcase "hello" }}|{{ camelcase "_abc" }}|{{ camelcase "fooBar" }}|{{ camelcase "foo-bar baz" }}', 'NoHttps|HelloWorld|Hello|_Abc|FooBar|FooBarBaz'],
  ["{{ wrap 5 \"Hello World\" }}|{{ wrapWith 5 \"\\t\" \"Hello World\" }}|{{ wrap 10 \"aaaaaaaaaaaaaaaa bbb cc\" }}", "Hello\nWorld|Hello\tWorld|aaaaaaaaaaaaaaaa\nbbb cc"],
  ['{{ contains "cat" "catch" }}|{{ hasPrefix "a" "ab" }}|{{ trimSuffix "-" "hello-" }}|{{ trimAll "$" "$5.00$" }}|{{ trimPrefix "-" "-hello" }}', 'true|true|hello|5.00|hello'],
  ["{{ quote \"a\" 1 nil \"b\\\"\" }}|{{ squote \"a\" 2 }}|{{ cat \"a\" 1 nil \"b\" }}|{{ indent 2 \"a\\nb\" }}|{{ nindent 2 \"a\" }}", "\"a\" \"1\" \"b\\\"\"|'a' '2'|a 1 b|  a\n  b|\n  a"],
  ['{{ replace " " "-" "a b c" }}|{{ plural "one" "many" 1 }}|{{ repeat 3 "ab" }}', 'a-b-c|one|ababab'],
  ['{{ sha256sum "x" }}|{{ sha1sum "x" }}|{{ adler32sum "hello" }}|{{ b64enc "hello" }}|{{ b64dec "aGVsbG8=" }}|{{ b32enc "hello" }}|{{ b32dec "NBSWY3DP" }}', '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881|11f6ad8ec52a2984abaafd7c3b516503785c2072|103547413|aGVsbG8=|hello|NBSWY3DP|hello'],
  ['{{ add 1 2 3 }}|{{ sub 5 2 }}|{{ div 7 2 }}|{{ mod 7 2 }}|{{ mul 2 3 4 }}|{{ max 1 5 2 }}|{{ min 3 1 2 }}|{{ add1 4 }}|{{ add "3" 1.9 true }}', '6|3|3|1|24|5|1|5|5'],
  ['{{ addf 1.5 2 }}|{{ subf 7.5 2 }}|{{ mulf 1.5 2 2 }}|{{ divf 10 4 }}|{{ add1f 0.1 }}|{{ addf 0.1 0.2 }}|{{ maxf 1 2.5 }}|{{ floor 123.9 }}|{{ ceil 123.1 }}|{{ round 123.555555 3 }}', '3.5|5.5|6|2.5|1.1|0.3|2.5|123|124|123.556'],
  ['{{ int "12" }}|{{ int64 "0x1f" }}|{{ float64 "3.5" }}|{{ atoi "7" }}|{{ toDecimal "777" }}|{{ int 3.9 }}|{{ int "abc" }}|{{ int "012" }}', '12|31|3.5|7|511|3|0|10'],
  ['{{ seq 5 }}|{{ seq -3 }}|{{ seq 0 2 10 }}|{{ seq 2 5 }}|{{ seq 0 -2 -5 }}|{{ until 3 }}|{{ untilStep 3 9 2 }}', '1 2 3 4 5|1 0 -1 -2 -3|0 2 4 6 8 10|2 3 4 5|0 -2 -4|[0 1 2]|[3 5 7]'],
  ['{{ uniq (list 1 1 2) }}|{{ without (list 1 2 3) 2 }}|{{ has 2 (list 1 2) }}|{{ compact (list 1 "" 2) }}|{{ slice (list 1 2 3 4) 1 3 }}|{{ chunk 2 (list 1 2 3) }}|{{ concat (list 1) (list 2) }}|{{ reverse (list 1 2) }}|{{ append (list 1) 2 }}|{{ prepend (list 1) 2 }}', '[1 2]|[1 3]|true|[1 2]|[2 3]|[[1 2] [3]]|[1 2]|[2 1]|[1 2]|[2 1]'],
  ['{{ kindOf "x" }}|{{ kindOf (list 1) }}|{{ kindOf .a }}|{{ kindIs "string" "x" }}|{{ typeOf .a.f }}|{{ typeOf "x" }}|{{ typeOf true }}|{{ deepEqual (list 1) (list 1) }}', 'string|slice|map|true|float64|string|bool|true'],
  ['{{ base "a/b/c.txt" }}|{{ dir "a/b/c.txt" }}|{{ ext "a/b.txt" }}|{{ clean "a/../b//c" }}|{{ isAbs "/a" }}|{{ base "/" }}|{{ dir "/" }}|{{ dir "a" }}', 'c.txt|a/b|.txt|b/c|true|/|/|.'],
  ['{{ regexMatch "^a.c$" "abc" }}|{{ regexFindAll "[2,4,6,8]" "123456789" -1 }}|{{ regexFind "[a-z][1-9]" "ab3cd4" }}|{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }}|{{ regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "${1}" }}|{{ regexSplit "z+" "pizza" -1 }}|{{ regexQuoteMeta "1.2" }}', "true|[2 4 6 8]|b3|-W-xxW-|-${1}-${1}-|[pi a]|1\\.2"],
  ['{{ semverCompare "^1.2.0" "1.3.4" }}|{{ (semver "1.2.3-a+b").Major }}|{{ (semver "1.2.3-a+b").Prerelease }}', 'true|1|a'],
  ['{{ urlParse "http://admin:secret@server.com:8080/api?list=false#anchor" }}', 'map[fragment:anchor host:server.com:8080 hostname:server.com opaque: path:/api query:list=false scheme:http userinfo:admin:secret]'],
  ['{{ urlJoin (dict "scheme" "http" "host" "host:80" "path" "/path" "query" "query=1" "fragment" "frag" "userinfo" "u:p") }}', 'http://u:p@host:80/path?query=1#frag'],
  ['{{ index .a.list 1 }}|{{ index .a.m "x" }}|{{ len .a.list }}|{{ len "héllo" }}|{{ index .a "m" "x" }}', 'y|1|3|6|1'],
  ['{{ eq 1 1 }}|{{ eq "a" "b" "a" }}|{{ ne 1 2 }}|{{ lt 1 2 }}|{{ gt "b" "a" }}|{{ le 2 2 }}|{{ not true }}|{{ or "" "x" }}|{{ and 1 0 }}|{{ and 1 2 }}', 'true|true|true|true|true|true|false|x|0|2'],
  ["{{ html \"<a>'\\\"&\" }}|{{ js \"it's <b>\" }}|{{ urlquery \"a b&c=d/é\" }}|{{ print 1 2 \"a\" 3 }}|{{ println \"x\" 1 }}", "&lt;a&gt;&#39;&#34;&amp;|it\\'s \\u003Cb\\u003E|a+b%26c%3Dd%2F%C3%A9|1 2a3|x 1\n"],
  ['{{/* comment */}}a{{- /* c */ -}} b', 'ab'],
  ["{{ `raw \\n` }}{{ \"esc\\tA\\u00e9\\x41\" }}{{ 'a' }}", "raw \\nesc\tAéA97"],
  ['{{ 1.0 }}|{{ 1e3 }}|{{ 0x10 }}|{{ .a.f }}|{{ .a.big }}|{{ 1e21 }}|{{ 0.00001 }}|{{ .a.n }}', '1|1000|16|3|1.2345678e+07|1e+21|1e-05|0'],
  ['{{ range $i := list 1 2 3 }}{{ if eq $i 2 }}{{ continue }}{{ end }}{{ $i }}{{ end }}', '13'],
  ['{{ (list 1 2 3 | first) | add 2 }}', '3'],
  ['{{ .a.list | join "," | quote }}|{{ .a.list | toJson }}|{{ .a.m | toJson }}|{{ toRawJson (dict "a" "<b>") }}|{{ toJson "<b>" }}', "\"x,y,z\"|[\"x\",\"y\",\"z\"]|{\"b\":\"two\",\"x\":\"1\"}|{\"a\":\"<b>\"}|\"\\u003cb\\u003e\""],
  ["{{ fromJson \"{\\\"a\\\":[1,2]}\" }}|{{ (fromJson \"{\\\"a\\\":[1,2]}\").a }}", 'map[a:[1 2]]|[1 2]'],
  ['{{ dig "m" "x" "d" .a }}|{{ dig "m" "q" "d" .a }}|{{ any 0 1 }}|{{ all 0 1 }}', '1|d|true|false'],
  ['{{ keys (dict "a" 1) }}|{{ values (dict "a" 1) }}|{{ tuple 1 "a" }}|{{ toStrings (list 1 "a") }}', '[a]|[1]|[1 a]|[1 a]'],
  ['{{ with $y := .a.s }}{{ $y }}{{ end }}|{{ with "" }}x{{ else with "b" }}{{ . }}{{ end }}', 'hello world|b'],
  ['{{ $m := dict "a" (dict "b" 1) }}{{ $m.a.b }}|{{ (index $m "a").b }}', '1|1'],
  ['{{ printf "%v %+v %#v %s %v" nil .a.list "x" .a.list true }}|{{ printf "%6.2f|%+d|%e|%g|%c|%U" 3.14159 5 1234.5 1e6 65 65 }}', '<nil> [x y z] "x" [x y z] true|  3.14|+5|1.234500e+03|1e+06|A|U+0041'],
  ['{{ "hello" | printf "%s-%s" "a" }}|{{ printf "%*d" 5 42 }}|{{ printf "%%" }}|{{ printf "%z" 1 }}', 'a-hello|   42|%|%!z(int=1)'],
  ['{{ trimAll "-" "--a-b--" | upper | repeat 2 }}|{{ "a.b" | splitList "." | last }}', 'A-BA-B|b'],
  ['{{ ternary "x" "y" (eq .a.s "q") }}|{{ .a.s | trunc 3 | trimSuffix "l" }}|{{ (.a.s | splitList " " | first) }}', 'y|he|hello'],
  ["{{ title \"hello-world foo_bar it's\" }}|{{ title \"ÉTÉ été\" }}", "Hello-World Foo_bar It'S|ÉTÉ Été"],
  ['{{ range $i, $c := splitList "" "abc" }}{{ $i }}{{ $c }}{{ end }}', '0a1b2c'],
  ['{{ lower "ÀB" }}|{{ abbrev 8 "hello world foo" }}|{{ snakecase "Duration2m3s" }}|{{ snakecase "Bld4Floor3rd" }}|{{ snakecase "http2xx" }}|{{ snakecase "HTTP20xOK" }}|{{ snakecase "NoHTTPS" }}|{{ snakecase "GO_PATH" }}|{{ kebabcase "myService2" }}', 'àb|hello...|duration_2m3s|bld4_floor_3rd|http_2xx|http_20x_ok|no_https|go_path|my-service2'],
  ['{{ snakecase "a1b2" }}|{{ snakecase "abc123DEF" }}|{{ snakecase "a.b-c" }}|{{ kebabcase "HTTP 2 Go" }}|{{ snakecase "x1" }}|{{ snakecase "HTTP2" }}|{{ snakecase "HTTP2Go" }}|{{ kebabcase "fooBAR9zLow" }}|{{ snakecase "__a__b" }}|{{ camelcase "a__b" }}|{{ camelcase "A1-b2_C3" }}|{{ camelcase "FOOBar" }}', 'a_1b2|abc123_def|a.b_c|http-2-go|x1|http2|http2_go|foo-bar-9z-low|__a__b|A_B|A1B2C3|Foobar'],
  ['{{ .a.f | int | add 1 }}|{{ eq (.a.f | int) 3 }}|{{ .a.f | toString | quote }}|{{ int .a.big }}|{{ toString 12345678.0 }}', '4|true|"3"|12345678|1.2345678e+07'],
  ['{{ range 3 }}{{ . }}{{ end }}|{{ range $i := 2 }}{{ $i }}{{ end }}|{{ range $x, $y := dict "b" 2 "a" 1 }}{{ $x }}{{ $y }}{{ end }}', '012|01|a1b2'],
  ['{{ regexSplit "," "a,b,c" 2 }}|{{ regexFindAll "a*" "baac" -1 | len }}|{{ regexReplaceAll "b*" "abc" "-" }}|{{ regexSplit "" "abc" -1 }}|{{ regexFindAll "x" "y" -1 }}', '[a b,c]|3|-a-c-|[a b c]|[]'],
  ['{{ wrap 3 "abcdef gh" }}|{{ wrapWith 3 "|" "abcdefgh ij" }}|{{ title "a.b/c" }}|{{ initials "ab cd-ef" }}', "abcdef\ngh|abc|def|gh|ij|A.B/C|ac"],
  ['{{ if not (hasKey .a "zz") }}none{{ end }}|{{ (get .a "zz") | quote }}|{{ .a.zz | default "dd" }}|{{ quote .a.zz }}|{{ if .a.zz }}1{{ else }}2{{ end }}', 'none|""|dd||2'],
  ['{{ $l := list }}{{ range $i := until 3 }}{{ $l = append $l (printf "x%d" $i) }}{{ end }}{{ join "," $l }}', 'x0,x1,x2'],
  ['{{ cat "x" 1.5 true }}|{{ list nil "a" | join "," }}|{{ list 1.5 2 "x" | join "," }}|{{ toStrings (list nil 1) }}', 'x 1.5 true|a|1.5,2,x|[1]'],

  ['{{ define "T" }}[{{ . }}]{{ end }}{{ template "T" "v" }}{{ template "T" }}', '[v][<no value>]'],
  ['{{ block "B" .a.s }}<{{ . }}>{{ end }}', '<hello world>'],
  ['{{ .missing }}|{{ .missing.deeper }}', '<no value>|<no value>'],
  ['no action', 'no action'],
]

const refused: readonly (readonly [string, string])[] = [
  ['{{ .a.s', 'is not closed'],
  ['{{ nope }}', 'function "nope" not defined'],
  ['{{ env "HOME" }}', 'function "env" not defined'],
  ['{{ getHostByName "x" }}', 'function "getHostByName" not defined'],
  ['{{ $x }}', 'undefined variable "$x"'],
  ['{{ if .a }}', 'is not ended'],
  ['{{ end }}', 'unexpected {{end}}'],
  ['{{ break }}', 'outside {{range}}'],
  ['a\n{{ 1 | 2 }}', 'line 2: a value that is no function'],
  ['{{ upper .a.f }}', 'wrong type for value; expected string; got float64'],
  ['{{ upper .missing }}', 'invalid value; expected string'],
  ['{{ eq .a.f 3 }}', 'incompatible types for comparison'],
  ['{{ .a.s.x }}', "can't evaluate field x in type string"],
  ['{{ fail "why" }}', 'error calling fail: why'],
  ['{{ upper }}', 'wrong number of args for upper: want 1 got 0'],
  ['{{ index .a.list 9 }}', 'index out of range'],
  ['{{ div 1 0 }}', 'divide by zero'],
  ['{{ uuidv4 }}', 'makes something else each time'],
  ['{{ now }}', 'depends on the moment'],
  ['{{ template "none" }}', 'template "none" not defined'],
]

const attacks: readonly string[] = [
  '{{ range $i := until 2000 }}{{ range $j := until 2000 }}x{{ end }}{{ end }}',
  '{{ repeat 100000000 "x" }}',
  '{{ range 10000000000 }}{{ end }}',
  '{{ until 100000000 }}',
  '{{ define "T" }}{{ template "T" }}{{ end }}{{ template "T" }}',
  '{{ $d := dict }}{{ $_ := set $d "self" $d }}{{ $d }}',
  '{{ $d := dict }}{{ $_ := set $d "self" $d }}{{ toJson $d }}',
  '{{ $s := "xxxxxxxxxx" }}{{ range until 40 }}{{ $s = print $s $s }}{{ end }}',
  '{{ $l := list 1 2 }}{{ range until 40 }}{{ $l = concat $l $l }}{{ end }}',
  `{{ ${'('.repeat(1000)}1${')'.repeat(1000)} }}`,
  '{{ if 1 }}'.repeat(1000),
]

describe('templates of Go', () => {
  test.each(printed)('%s', (template, expected) => {
    expect(compileTemplate(template)(data).replaceAll('<no value>', expected.includes('<no value>') ? '<no value>' : '')).toBe(expected)
  })

  test.each(refused)('%s is refused', (template, message) => {
    expect(() => compileTemplate(template)(data)).toThrow(message)
  })

  test.each([['{{ .gone }}', 'map has no entry for key "gone"'], ['{{ .a.gone.x }}', 'map has no entry for key "gone"']])('missingkey=error: %s', (template, message) => {
    expect(() => compileTemplate(template)(data, 'error')).toThrow(message)
  })

  test.each(attacks)('what asks for too much ends: %s', (template) => {
    expect(() => compileTemplate(template)(data)).toThrow(TemplateError)
  })

  test('names of prototypes are no keys', () => {
    expect(compileTemplate('{{ .constructor }}{{ get .a "__proto__" }}')(data)).toBe('<no value>')
  })
})
