// Modules (of the repository, of packages, of Node) that most runs never use are read when their first export is: each becomes an entry of its own, and whoever imports it gets
// stand-ins that load the real thing when they are called, constructed or looked into. The code itself stays ordinary and synchronous.
import { build } from 'esbuild'
import { dirname, join, relative, resolve } from 'node:path'

const marker = 'lazy:'

/**
 * An esbuild plugin for the modules (package names, or files of the repository) and the entry points that it needs.
 * `pathsIn` then replaces the markers in an output file by paths that `require` finds.
 */
export async function lazyModules(root, modules) {
  const entries = await Promise.all(modules.map(async (specifier) => {
    if (specifier.startsWith('node:')) return { specifier, name: specifier, exports: Object.keys(await import(specifier)).filter((name) => name !== 'default') }
    const isFile = specifier.startsWith('src/')
    const name = specifier.replace(/\W+/g, '-').replace(/^src-|-(?:index-)?ts$/g, '')
    return { specifier, name, file: isFile ? resolve(root, specifier) : undefined, exports: await exportsOf(root, specifier) }
  }))
  const plugin = {
    name: 'lazy-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^lazy:/ }, ({ path }) => ({ path, external: true }))
      onResolve({ filter: /./ }, ({ path, importer, namespace, resolveDir, kind }) => {
        // A stand-in's own `require` must reach the real thing, not the stand-in again.
        if (kind === 'entry-point' || importer === '' || namespace.startsWith('lazy-module')) return undefined
        // Packages that are read late anyway need no stand-ins; commander is read at every start.
        if (/node_modules[/\\](?!commander)/.test(importer)) return undefined
        const entry = entries.find(({ specifier, file }) => (file === undefined ? path === specifier : path.startsWith('.') && resolve(resolveDir, path) === file))
        // Inside of the module itself nothing is lazy.
        if (entry === undefined || importer === entry.file) return undefined
        return { path: entry.name, namespace: kind === 'require-call' ? 'lazy-module-required' : 'lazy-module', sideEffects: false }
      })
      const load = ({ path }, write) => ({ contents: standIns(entries.find(({ name }) => name === path), write), resolveDir: root })
      onLoad({ filter: /.*/, namespace: 'lazy-module' }, (args) => load(args, (exported) => `export const ${exported}`))
      onLoad({ filter: /.*/, namespace: 'lazy-module-required' }, (args) => load(args, (exported) => `module.exports.${exported}`))
    },
  }
  return {
    plugin,
    entryPoints: Object.fromEntries(entries.filter(({ name, specifier }) => name !== specifier || !name.startsWith('node:')).map(({ name, specifier }) => [`lazy/${name}`, specifier])),
    pathsIn: (text, file, outdir) => text.replace(new RegExp(`"${marker}([\\w-]+)"`, 'g'), (_, name) => {
      const path = relative(dirname(file), join(outdir, 'lazy', `${name}.cjs`)).replaceAll('\\', '/')
      return JSON.stringify(path.startsWith('.') ? path : `./${path}`)
    }),
  }
}

async function exportsOf(root, specifier) {
  const { metafile } = await build({
    absWorkingDir: root, entryPoints: [specifier], bundle: true, platform: 'node', format: 'esm',
    ...(specifier.startsWith('src/') ? { packages: 'external', external: ['./*', '../*'] } : {}),
    outfile: 'exports.mjs', write: false, metafile: true, logLevel: 'error',
  })
  return Object.values(metafile.outputs).flatMap((output) => output.exports).filter((name) => name !== 'default')
}

/** `write` begins the line that exports a name. A bound function can be called and constructed and has no property of its own that would show through. */
function standIns({ name, exports }, write) {
  return `
const $load = () => require(${JSON.stringify(name.startsWith('node:') ? name : marker + name)})
const $standIn = (name) => new Proxy(function () {}.bind(), {
  apply: (_, self, args) => Reflect.apply($load()[name], self, args),
  construct: (_, args) => Reflect.construct($load()[name], args),
  get: (_, key) => Reflect.get($load()[name], key),
  has: (_, key) => Reflect.has($load()[name], key),
  getPrototypeOf: () => Reflect.getPrototypeOf($load()[name]),
})
${exports.map((exported) => `${write(exported)} = /* @__PURE__ */ $standIn(${JSON.stringify(exported)})`).join('\n')}
`
}
