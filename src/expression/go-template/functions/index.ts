import { builtins } from './builtins.ts'
import { conversions } from './conversions.ts'
import { defaults } from './defaults.ts'
import { dictionaries } from './dictionaries.ts'
import { encodings } from './encodings.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { paths } from './paths.ts'
import { regex } from './regex.ts'
import type { TemplateFunction, TemplateFunctions } from './template-function.ts'
import { text } from './text.ts'
import { unrepeatable } from './unrepeatable.ts'
import { words } from './words.ts'

const all: Readonly<Record<string, TemplateFunction>> = {
  ...builtins, ...conversions, ...defaults, ...dictionaries, ...encodings, ...lists, ...numbers, ...paths, ...regex, ...text, ...unrepeatable, ...words,
}

/** text/template's own functions and sprig's without those that read the environment or the network, as Argo CD offers them. */
export const templateFunctions: TemplateFunctions = new Map(Object.entries(all))
