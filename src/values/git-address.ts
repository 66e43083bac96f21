/** A place in a git repository. */
export interface GitAddress {
  readonly url: string
  /** Branch, tag or commit; the default branch where absent. */
  readonly ref?: string
  /** Folder or file inside the repository. */
  readonly path?: string
}

const scheme = /^(?:git::)?((?:https?|ssh|git|file):\/\/.+|[\w.-]+@[\w.-]+:.+)$/
/** The web address of a folder, as copied from a browser. */
const webFolder = /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/(?:-\/)?(?:tree|blob)\/([^/]+)(?:\/(.+))?$/

/**
 * Reads `URL[//FOLDER][@REF]`, kustomize's and Terraform's `URL//FOLDER?ref=REF`, and addresses of folders on forges.
 * Undefined: the text is no git address but a path.
 */
export function parseGitAddress(text: string): GitAddress | undefined {
  const address = scheme.exec(text)?.[1]
  if (address === undefined) return undefined
  const web = webFolder.exec(address)
  if (web !== null) return toAddress(web[1] ?? '', web[2], web[3])
  const [withoutQuery = '', query] = address.split('?', 2)
  const [withoutRef, ref] = query === undefined ? splitRef(withoutQuery) : [withoutQuery, new URLSearchParams(query).get('ref') ?? undefined]
  const start = withoutRef.indexOf('://') + 3
  const folder = withoutRef.indexOf('//', start)
  return folder < 0 ? toAddress(withoutRef, ref, undefined) : toAddress(withoutRef.slice(0, folder), ref, withoutRef.slice(folder + 2))
}

/** An `@` behind the last `/` or `:` starts a ref; one before belongs to a user. */
function splitRef(text: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf('@')
  const isRef = at > 0 && /[/:]/.test(text.slice(0, at).replace(/^\w+:\/\//, ''))
  return isRef ? [text.slice(0, at), text.slice(at + 1)] : [text, undefined]
}

function toAddress(url: string, ref: string | undefined, path: string | undefined): GitAddress {
  return { url, ...(ref === undefined || ref === '' ? {} : { ref }), ...(path === undefined || path === '' ? {} : { path: path.replace(/\/+$/, '') }) }
}
