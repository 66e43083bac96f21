/** The functions that jq itself says best: short, and in a path they lead where their text leads. */
export const prelude = `
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type as $t | $t == "array" or $t == "object");
def scalars: select(type as $t | $t != "array" and $t != "object");
def finites: select(isfinite);
def normals: select(isnormal);
def not: if . then false else true end;

def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def map(change): [.[] | change];
def map_values(change): .[] |= change;
def add(source): [source] | add;
def in(whole): . as $key | whole | has($key);
def IN(source): any(source == .; .);
def IN(source; wanted): any(source == wanted; .);

def to_entries: [keys[] as $key | {key: $key, value: .[$key]}];
def from_entries: map({(.key // .Key // .name // .Name): (if has("value") then .value else .Value end)}) | add // {};
def with_entries(change): to_entries | map(change) | from_entries;

def min_by(key): _min_by(map([key]));
def max_by(key): _max_by(map([key]));
def sort_by(key): _sort_by(map([key]));
def group_by(key): _group_by(map([key]));
def unique_by(key): _unique_by(map([key]));

def combinations: if length == 0 then [] else .[0][] as $head | [$head] + (.[1:] | combinations) end;
def combinations(n): [limit(n; repeat(.))] | combinations;
def walk(change):
  def inside: if type == "array" then map(inside) elif type == "object" then map_values(inside) end | change;
  inside;

def paths: path(..) | select(. != []);
def paths(wanted): path(.. | select(wanted)) | select(. != []);
def pick(places): . as $all | reduce path(places) as $path (null; setpath($path; $all | getpath($path)));
def tostream: path(def deep: (.[]? | deep), .; deep) as $path | getpath($path) | reduce path(.[]?) as $inner ([$path, .]; [$path + $inner]);
def fromstream(events):
  foreach events as $event (null; if .e then null end | $event as [$path, $leaf]
    | if $event | length == 2 then setpath(["v"] + $path; $leaf) | setpath(["e"]; $path | length == 0)
      else setpath(["e"]; $path | length == 1) end;
    if .e then .v else empty end);
def truncate_stream(events): . as $depth | null | events | if .[0] | length > $depth then .[0] |= .[$depth:] else empty end;

def match($re): match($re; null);
def match($re; $flags): _match($re; $flags; false)[];
def test($re): test($re; null);
def test($re; $flags): _match($re; $flags; true);
def capture($re): capture($re; null);
def capture($re; $flags): match($re; $flags) | .captures | _captures;
def scan($re): scan($re; null);
def scan($re; $flags): match($re; $flags + "g") | if .captures == [] then .string else [.captures[].string] end;
def splits($re): splits($re; null);
def splits($re; $flags): .[foreach (match($re; $flags + "g"), null) as {$offset, $length} (null; {start: .next, end: $offset, next: $offset + $length})];
def split($re; $flags): [splits($re; $flags)];
def sub($re; text): sub($re; text; null);
def sub($re; text; $flags):
  reduce match($re; $flags) as {$offset, $length, $captures} ({input: ., made: []};
    reduce ($captures | _captures | text) as $new (.i = 0; .made[.i] += .input[.next:$offset] + $new | .i += 1) | .next = $offset + $length)
  | .made[] + .input[.next:] // .input;
def gsub($re; text): sub($re; text; "g");
def gsub($re; text; $flags): sub($re; text; $flags + "g");

def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%S%z") | mktime;
def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");
def fromdate: fromdateiso8601;
def todate: todateiso8601;

def INDEX(source; key): reduce source as $row ({}; .[$row | key | tostring] = $row);
def INDEX(key): INDEX(.[]; key);
def JOIN($index; key): [.[] | [., $index[key]]];
def JOIN($index; source; key): source | [., $index[key]];
def JOIN($index; source; key; join): source | [., $index[key]] | join;
`
