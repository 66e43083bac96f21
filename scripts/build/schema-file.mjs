// In the repository the schemas of Kubernetes are packed. Unpacking them takes a noticeable part of the start; so the executable reads them from a file beside it.
import { build } from 'esbuild'

/** An esbuild plugin that puts the text into a file `name` beside `dist/presync.cjs`, and the text itself. */
export async function schemaFile(root, name) {
  const source = `${root}src/kubernetes/schema/schema-text.ts`
  const { outputFiles: [{ text: code }] } = await build({ absWorkingDir: root, entryPoints: [source], bundle: true, platform: 'node', format: 'esm', write: false, logLevel: 'error' })
  const { schemaText } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
  const text = schemaText()
  if (/[^\0-\x7f]/.test(text)) throw new Error('the schemas are not ASCII, as which the executable reads them')
  const plugin = {
    name: 'schema-file',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]schema-text\.ts$/ }, () => ({
        contents: `import { readFileSync } from 'node:fs'\nimport { join } from 'node:path'\nexport const schemaText = () => readFileSync(join(__dirname, '..', ${JSON.stringify(name)}), 'latin1')`,
        resolveDir: root,
      }))
    },
  }
  return { plugin, text }
}
