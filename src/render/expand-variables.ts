// Go: os.Expand, as Argo CD's Env.Envsubst (pkg/apis/application/v1alpha1/types.go) calls it.

const reference = /\$(?:\{([^}]*)\}|([A-Za-z_][A-Za-z0-9_]*)|([*#$@!?\-0-9]))/g

/** Replaces `$NAME` and `${NAME}`; `$$` is a dollar sign, and a name that is not known becomes empty. */
export function expandVariables(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.replace(reference, (_, braced?: string, name?: string, special?: string) => {
    const wanted = braced ?? name ?? special ?? ''
    if (wanted === '$') return '$'
    return Object.hasOwn(variables, wanted) ? (variables[wanted] as string) : ''
  })
}
