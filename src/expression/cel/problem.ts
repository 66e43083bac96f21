import { codePointCount } from './values/code-points.ts'
import type { CelProblem } from './syntax/ast.ts'

/** The problem with its line and column, which count from 1; columns are code points. */
export function toProblem(expression: string, { message, position }: { readonly message: string; readonly position: number }): CelProblem {
  const before = expression.slice(0, position)
  const lineStart = before.lastIndexOf('\n') + 1
  return { message, line: before.split('\n').length, column: codePointCount(before.slice(lineStart)) + 1 }
}

/** The problem as cel-go prints it: the place, the message, the line and a mark below it. */
export function formatProblem(expression: string, { message, line, column, isFromPlanning }: CelProblem): string {
  if (isFromPlanning === true) return message
  const text = (expression.split('\n')[line - 1] ?? '').replace(/\t/g, ' ')
  return `ERROR: <input>:${line}:${column}: ${message}\n | ${text}\n | ${'.'.repeat(column - 1)}^`
}
