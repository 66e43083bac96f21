import { formatAnnotations } from './annotations.ts'
import { formatApplication, formatApplicationSet } from './application.ts'
import { formatConfigMap, formatHelmValues } from './argocd-cm.ts'
import type { EntryFormat } from './entry-format.ts'
import { formatKustomize } from './kustomize.ts'

/** How entries can be printed besides as text and JSON. */
export const entryFormats = {
  application: formatApplication,
  applicationset: formatApplicationSet,
  'argocd-cm': formatConfigMap,
  'helm-values': formatHelmValues,
  kustomize: formatKustomize,
  annotation: formatAnnotations,
} as const satisfies Record<string, EntryFormat>

export type EntryFormatName = keyof typeof entryFormats
