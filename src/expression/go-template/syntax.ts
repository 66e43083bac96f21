/** The nodes of a template: text/template/parse/node.go. */
export type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'action'; readonly pipe: Pipe }
  | { readonly type: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: readonly Node[]; readonly otherwise: readonly Node[] }
  | { readonly type: 'template'; readonly name: string; readonly pipe: Pipe | undefined }
  | { readonly type: 'break' | 'continue' }

/** Commands joined by `|`, whose value may be given to variables. */
export interface Pipe {
  readonly variables: readonly string[]
  /** `=` instead of `:=`. */
  readonly isAssignment: boolean
  readonly commands: readonly Command[]
  readonly line: number
}

/** What a pipeline is made of: a function with its arguments, or one operand. */
export type Command = readonly Operand[]

export type Operand =
  | { readonly type: 'dot' | 'nil' }
  | { readonly type: 'constant'; readonly value: string | boolean }
  | { readonly type: 'number'; readonly integer: bigint | undefined; readonly float: number; readonly isFloat: boolean }
  | { readonly type: 'function'; readonly name: string }
  /** `.a.b` */
  | { readonly type: 'field'; readonly names: readonly string[] }
  /** `$x.a.b` */
  | { readonly type: 'variable'; readonly name: string; readonly names: readonly string[] }
  /** `(…).a.b` */
  | { readonly type: 'group'; readonly pipe: Pipe; readonly names: readonly string[] }

/** A parsed template and the ones that it defines. */
export interface Templates {
  readonly main: readonly Node[]
  readonly defined: ReadonlyMap<string, readonly Node[]>
}
