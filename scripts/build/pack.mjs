// Puts the chunks that make up the executable into two files, each chunk as a function that runs when it is first required: opening a dozen
// files takes longer than running what is in them. `main` is what every run needs, `app` what commands need. What is reached only further on
// (packages behind an `import()`) stays in files of its own.
import { basename, dirname, relative } from 'node:path'

/** Which outputs go into which pack: what the entry imports; what its commands import, but not what these import later. */
export function planPacks(entry, outputs) {
  const main = closure([entry], outputs)
  const commands = outputs[entry].imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path)
  const app = closure(commands, outputs, main)
  return { main, app }
}

function closure(entries, outputs, except = new Set()) {
  const found = new Set()
  const add = (path) => {
    if (found.has(path) || except.has(path) || outputs[path] === undefined) return
    found.add(path)
    for (const { path: imported, kind } of outputs[path].imports) if (kind === 'import-statement') add(imported)
  }
  entries.forEach(add)
  return found
}

/** A pack: `load(name)` gives the exports of a chunk in it. `entry` is loaded at once. */
export function pack(files, entry) {
  const modules = files.map(({ name, code }) => `${JSON.stringify(name)}(module,exports,require){${code}\n}`)
  return `"use strict";const modules={${modules.join(',')}},loaded=new Map();
const load=(name)=>{let module=loaded.get(name);if(module===undefined){loaded.set(name,module={exports:{}});modules[name](module,module.exports,take)}return module.exports};
const take=(id)=>{const name=id.slice(id.lastIndexOf("/")+1);return id[0]==="."&&Object.hasOwn(modules,name)?load(name):require(id)};
exports.load=load;${entry === undefined ? '' : `load(${JSON.stringify(entry)});`}
`
}

/** Lets code ask a pack for the chunks in it, by `names`, so that no module exists twice. */
export function usePack(code, file, packFile, names) {
  const path = relative(dirname(file), packFile).replaceAll('\\', '/')
  return code.replace(/require\("(\.[^"]+)"\)/g, (whole, id) => (names.has(basename(id)) ? `require("${path.startsWith('.') ? path : `./${path}`}").load("${basename(id)}")` : whole))
}
