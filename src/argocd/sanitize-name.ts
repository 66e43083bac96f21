// Argo CD: applicationset/utils/template_functions.go (SanitizeName), utils.go (SlugifyName), github.com/gosimple/slug

/** A DNS name made of a text: small letters, digits, dashes and dots, at most 253. */
export function sanitizeName(text: string): string {
  return text.toLowerCase().replace(/[^-a-z0-9.]/gu, '-').slice(0, 253).replace(/^[-.]+|[-.]+$/g, '')
}

/** A part of an address made of a text, cut at a dash where it is too long. */
export function slugify(text: string, maxLength = 50, isSmart = true): string {
  const slug = sanitizeName(text).replace(/[^a-z0-9-]/g, '-').replace(/-{2,}/g, '-').replace(/^-+|-+$/g, '')
  if (maxLength <= 0 || slug.length <= maxLength) return slug
  const dash = isSmart ? slug.lastIndexOf('-', maxLength) : -1
  return dash < 0 ? slug.slice(0, maxLength) : slug.slice(0, dash)
}
