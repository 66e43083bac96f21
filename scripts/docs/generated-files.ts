import * as z from 'zod'
import { configurationSchema } from '../../src/pipeline/configuration-schema.ts'
import { errorsPage } from './errors-page.ts'
import { pluginConfigurationSchema, pluginFile } from './plugin-files.ts'
import { policyLanguagePage } from './policy-language-page.ts'
import { sections } from './sections.ts'

/** A file that is generated, wholly or between markers. One entry a file. */
export interface GeneratedFile {
  readonly path: string
  readonly content: string
}

/** Every generated file as it should be; `read` gives what is there now, for files that are generated only in part. */
export function generatedFiles(read: (path: string) => string): readonly GeneratedFile[] {
  return [
    { path: 'README.md', content: fillSections(read('README.md')) },
    { path: 'docs/errors.md', content: errorsPage() },
    { path: 'docs/policy-language.md', content: policyLanguagePage() },
    { path: 'docs/plugin.md', content: fillSections(read('docs/plugin.md')) },
    { path: 'plugin/plugin.yaml', content: pluginFile() },
    // A component may not read files above its own folder.
    { path: 'plugin/kustomize/plugin.yaml', content: pluginFile() },
    { path: 'schemas/plugin-config.schema.json', content: pluginConfigurationSchema() },
    { path: 'schemas/config.schema.json', content: `${JSON.stringify(z.toJSONSchema(configurationSchema), undefined, 2)}\n` },
  ]
}

/** Replaces what stands between `<!-- generated: NAME -->` and `<!-- /generated -->`. */
function fillSections(text: string): string {
  return text.replace(/(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g, (_, open: string, name: string, close: string) => {
    const section = Object.hasOwn(sections, name) ? sections[name as keyof typeof sections] : undefined
    if (section === undefined) throw new Error(`no section is named ${name}`)
    return `${open}${section()}${close}`
  })
}
