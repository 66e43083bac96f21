// As Go's go.yaml.in/yaml/v2 decode.go (allowedAliasRatio): small documents may repeat themselves freely, large ones hardly.
import { YamlError } from './yaml-error.ts'

const low = 400_000
const high = 4_000_000

/** Counts what a document becomes when its aliases are written out, and refuses one that explodes. */
export class AliasBudget {
  /** Nodes so far, aliased ones as often as they occur. */
  nodes = 0
  #aliased = 0

  /** Charges an alias of a node that stands for `size` nodes. */
  chargeAlias(size: number, place: { readonly line: number; readonly column: number }): void {
    this.nodes += size
    this.#aliased += size
    if (this.#aliased > 100 && this.nodes > 1000 && this.#aliased / this.nodes > allowedRatio(this.nodes)) {
      throw new YamlError('LIMIT_EXCEEDED', 'the document repeats itself too often through aliases (*name): written out, it would explode', place)
    }
  }
}

function allowedRatio(nodes: number): number {
  if (nodes <= low) return 0.99
  return nodes >= high ? 0.1 : 0.99 - (0.89 * (nodes - low)) / (high - low)
}
