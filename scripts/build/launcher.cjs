#!/usr/bin/env node
'use strict'
// Starts presync. Compiling the code takes longer than a small check; so compiled code is kept: by Node itself where it can (>= 22.1),
// else by the build, in a file beside each chunk. V8 refuses such a file when it is of another version, and compiles as ever.
const Module = require('node:module')

if (Module.enableCompileCache !== undefined) Module.enableCompileCache()
else keepCompiledCode(require('node:path'), require('node:vm'), require('node:fs'))
require('./chunks/main.cjs')

function keepCompiledCode({ dirname, sep }, { Script }, { readFileSync }) {
  const compile = Module.prototype._compile
  Module.prototype._compile = function (content, filename) {
    const cachedData = filename.startsWith(__dirname + sep) ? read(`${filename}.cache`) : undefined
    if (cachedData === undefined) return compile.call(this, content, filename)
    const run = new Script(Module.wrap(content), { filename, cachedData }).runInThisContext()
    return run.call(this.exports, this.exports, (id) => this.require(id), this, filename, dirname(filename))
  }

  function read(path) {
    try {
      return readFileSync(path)
    } catch {
      return undefined
    }
  }
}
