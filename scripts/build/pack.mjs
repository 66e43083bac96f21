// Puts the chunks that make up the executable into three files, each chunk as a function that runs when it is first required: opening a dozen
// files takes longer than running what is in them. `main` is what every run needs, `check` what the main job needs, `app` what other commands
// need besides. What is reached only further on (packages behind an `import()`) stays in files of its own.
import { basename, dirname, relative } from 'node:path'

const namedImport = /\s*import\s*\{([^}]*)\}\s*from\s*"(\.[^"]+)";?/y
const otherImport = /\s*import\b(?!\s*\()[^";]*"[^"]+";?/y
const exportsAtEnd = /export\s*\{([^}]*)\};?\s*$/

/** Which outputs go into which pack: what the entry imports; what its commands import, but not what these import later. `mainJob` is the module of the first among them. */
export function planPacks(entry, mainJob, outputs) {
  const main = closure([entry], outputs)
  const commands = outputs[entry].imports.filter(({ kind }) => kind === 'dynamic-import').map(({ path }) => path)
  const check = closure(commands.filter((path) => outputs[path].entryPoint === mainJob), outputs, main)
  const app = closure(commands, outputs, new Set([...main, ...check]))
  return { main, check, app }
}

/**
 * Chunks that hand each other their functions themselves, as CommonJS. As esbuild translates them, every call from one chunk into another goes through two
 * getters, which cost more than most functions and keep V8 from inlining them. The difference shows only where an exported variable is assigned to after its
 * chunk has run, or where chunks import each other in a circle; `refuseLateBindings` finds both.
 */
export function linkDirectly(text) {
  let header = ''
  let end = 0
  for (;;) {
    namedImport.lastIndex = otherImport.lastIndex = end
    const [named, other] = [namedImport.exec(text), otherImport.exec(text)]
    const match = named ?? other
    if (match === null) break
    header += named === null ? match[0] : `const{${pairs(named[1], ([name, local]) => `${name}:${local}`)}}=require("${named[2]}");`
    end += match[0].length
  }
  return header + text.slice(end).replace(exportsAtEnd, (_, list) => `module.exports={${pairs(list, ([local, name]) => `${name}:${local}`)}};`)
}

function pairs(list, format) {
  return list.split(',').map((item) => item.trim()).filter((item) => item !== '').map((item) => {
    const [first, second = first] = item.split(/\s+as\s+/)
    return format([first, second])
  }).join(',')
}

/** Fails the build where `linkDirectly` would change what the code means. */
export function refuseLateBindings({ inputs, outputs }) {
  for (const [path, { imports }] of Object.entries(inputs)) {
    // An ESM module that is required runs when it is first asked for, after whoever exports its variables.
    const late = imports.find((imported) => imported.kind === 'require-call' && inputs[imported.path]?.format === 'esm')
    if (late !== undefined) throw new Error(`${path} requires the ESM module ${late.path}`)
  }
  const [done, open] = [new Set(), []]
  const visit = (path) => {
    if (open.includes(path)) throw new Error(`chunks import each other in a circle: ${[...open, path].join(' -> ')}`)
    if (done.has(path) || outputs[path] === undefined) return
    open.push(path)
    for (const { path: imported, kind } of outputs[path].imports) if (kind === 'import-statement') visit(imported)
    open.pop()
    done.add(path)
  }
  Object.keys(outputs).forEach(visit)
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
