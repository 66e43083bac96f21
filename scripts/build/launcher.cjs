#!/usr/bin/env node
'use strict'
// Starts presync. Compiling the code takes longer than a small check; so compiled code is kept: by Node itself where it can (>= 22.1),
// else by the build, in a file beside each chunk. V8 refuses such a file when it is of another version, and compiles as ever.
const Module = require('node:module')

if (Module.enableCompileCache !== undefined) {
  Module.enableCompileCache()
  require('./chunks/main.cjs')
} else loadCompiled(require('node:path'), require('node:vm'), require('node:fs'))

/** Finding a module as Node does takes longer than most of them run; chunks name each other by their paths. */
function loadCompiled({ dirname, join }, { Script }, { readFileSync }) {
  const loaded = new Map()
  load(join(__dirname, 'chunks', 'main.cjs'))

  function load(filename) {
    const known = loaded.get(filename)
    if (known !== undefined) return known.exports
    const module = { exports: {} }
    loaded.set(filename, module)
    // The build writes nothing but ASCII.
    const code = readFileSync(filename).latin1Slice()
    const run = new Script(Module.wrap(code), { filename, cachedData: read(`${filename}.cache`) }).runInThisContext()
    const folder = dirname(filename)
    run.call(module.exports, module.exports, (id) => (id.startsWith('.') ? load(join(folder, id)) : require(id)), module, filename, folder)
    return module.exports
  }

  function read(path) {
    try {
      return readFileSync(path)
    } catch {
      return undefined
    }
  }
}
