import type { Scanner } from './scanner.ts'
import { tokenType } from './token.ts'

/** Reads %YAML and %TAG lines: fills in what each tag handle stands for. Returns whether there were any. */
export function readDirectives(scanner: Scanner, handles: Map<string, string>): boolean {
  let version: string | undefined
  let any = false
  for (;;) {
    const token = scanner.peek()
    if (token.type === tokenType.versionDirective) {
      if (version !== undefined) scanner.fail('%YAML is given twice', token)
      version = token.text
      if (!/^0?1\.0?1$/.test(version)) scanner.fail(`Kubernetes reads YAML 1.1, not ${version}`, token)
    } else if (token.type === tokenType.tagDirective) {
      if (handles.has(token.text)) scanner.fail(`%TAG ${token.text} is given twice`, token)
      handles.set(token.text, token.suffix)
    } else break
    any = true
    scanner.skip()
  }
  if (!handles.has('!')) handles.set('!', '!')
  if (!handles.has('!!')) handles.set('!!', 'tag:yaml.org,2002:')
  return any
}
