import type { PlannedEntry } from '../entries/compute-entries.ts'
import { joinEntries, type EntryList } from '../entries/entry-list.ts'
import type { EntryFormatContext, FormattedEntries } from './entry-format.ts'
import { ownMark, describeReason, scalar } from './yaml-lines.ts'

/** Argo CD 3.6: pointers to ignore, on the resource itself. */
export const pointersAnnotation = 'argocd.argoproj.io/ignore-differences-json-pointers'
const since = 306

/** The value of the annotation, or why it cannot say what an entry says. */
export function toAnnotation({ entry }: PlannedEntry, argocd: number): { readonly value: string } | { readonly refused: string } {
  const pointers = entry.jsonPointers ?? []
  if (argocd < since) return { refused: 'the annotation came with Argo CD 3.6' }
  if (entry.name === undefined) return { refused: 'the entry is about every resource of the kind' }
  if ((entry.jqPathExpressions ?? []).length > 0) return { refused: 'the annotation takes pointers only, and a pointer can select an item of a list by its index alone' }
  if (pointers.some((pointer) => pointer.includes(','))) return { refused: 'the annotation separates pointers by commas, and one contains a comma' }
  return { value: pointers.join(',') }
}

/** Patches of the resources themselves, where the annotation can say it. */
export function formatAnnotations(lists: readonly EntryList[], { argocd }: EntryFormatContext): FormattedEntries {
  const warnings: string[] = []
  const documents = joinEntries(lists).flatMap((planned) => {
    const { group = '', kind, name = '', namespace } = planned.entry
    const made = toAnnotation(planned, argocd)
    if ('refused' in made) {
      warnings.push(`${kind} ${name} stays without annotation: ${made.refused}`)
      return []
    }
    const comments = planned.reasons.map((reason) => `${ownMark} ${describeReason(reason)}`)
    const about = [...(group === '' ? [] : [`# of group ${group}`]), `kind: ${scalar(kind)}`, 'metadata:', `  name: ${scalar(name)}`, ...(namespace === undefined ? [] : [`  namespace: ${scalar(namespace)}`])]
    return [[...comments, ...about, '  annotations:', `    ${pointersAnnotation}: ${scalar(made.value)}`].join('\n')]
  })
  if (documents.length > 0) warnings.push('the annotation takes effect only where the Application has the sync option RespectIgnoreDifferences=true')
  return { text: documents.map((text) => `${text}\n`).join('---\n'), warnings }
}
