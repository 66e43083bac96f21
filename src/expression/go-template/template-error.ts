import { KnownError } from '../../model/errors.ts'

/** Why a template has no text: it is not well formed, it failed, or it asked for too much. */
export class TemplateError extends KnownError<'INVALID_TEMPLATE' | 'TEMPLATE_FAILED' | 'LIMIT_EXCEEDED'> {}
