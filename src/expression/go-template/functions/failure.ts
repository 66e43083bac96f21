import { TemplateError } from '../template-error.ts'

/** What a function throws; the caller adds its name and the line. */
export function failure(message: string): TemplateError {
  return new TemplateError('TEMPLATE_FAILED', message)
}

/** Thrown before something is made that would be too large. */
export function tooMuch(message: string): TemplateError {
  return new TemplateError('LIMIT_EXCEEDED', message)
}
