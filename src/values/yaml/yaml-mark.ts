/** Where a node and its parts stand. Lines and columns count from 1. */
export interface YamlMark {
  readonly line: number
  readonly column: number
  /** Of a mapping: each key's place, and its value's mark. */
  readonly fields?: ReadonlyMap<string, YamlFieldMark>
  readonly items?: readonly YamlMark[]
}

/** A key's place and its value's mark. */
export interface YamlFieldMark {
  readonly line: number
  readonly column: number
  readonly value: YamlMark
}
