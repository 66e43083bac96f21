// cel-go: common/stdlib/standard.go. The checker takes the types from these rows; the compiler has its own code for all but `!`.
import { celType } from '../../types/cel-type.ts'
import { fn, type CelOverload } from '../../library.ts'
import { selectIndex } from '../../compile/select.ts'

const { bool, int, list, map, parameter } = celType
const [A, B] = [parameter('A'), parameter('B')]

export const operators: readonly CelOverload[] = [
  fn('_?_:_', [bool, A, A], A, (condition, then, otherwise) => (condition ? then : otherwise)),
  fn('_&&_', [bool, bool], bool, (a, b) => a && b),
  fn('_||_', [bool, bool], bool, (a, b) => a || b),
  fn('!_', [bool], bool, (a) => !a),
  fn('_[_]', [list(A), int], A, selectIndex),
  fn('_[_]', [map(A, B), A], B, selectIndex),
]
