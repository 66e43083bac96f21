/** The texts in double quotes, separated by commas; nothing inside is escaped. */
export function quoteAll(items: readonly string[]): string {
  return items.length === 0 ? '' : `"${items.join('", "')}"`
}

/** Chooses by number. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}

/** `container "a"` or `containers "a", "b"`. */
export function nameContainers(names: readonly string[]): string {
  return `${plural(names.length, 'container', 'containers')} ${quoteAll(names)}`
}

/** The subject of a sentence about fields that both a Pod and its containers have. */
export function nameSetters(pod: boolean, containers: readonly string[]): string {
  return [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [nameContainers(containers)] : [])].join(' and ')
}
