// `node keep-compiled-code.cjs DIST ARGS…`: runs presync once with ARGS and writes what V8 compiled on the way beside each file.
'use strict'
const { writeFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join, sep } = require('node:path')
const { Script } = require('node:vm')

const [, , dist, ...args] = process.argv
const scripts = new Map()
const compile = Module.prototype._compile
Module.prototype._compile = function (content, filename) {
  if (!filename.startsWith(dist + sep)) return compile.call(this, content, filename)
  const script = new Script(Module.wrap(content), { filename })
  scripts.set(filename, script)
  return script.runInThisContext().call(this.exports, this.exports, (id) => this.require(id), this, filename, dirname(filename))
}
process.argv = [process.argv[0], join(dist, 'presync.cjs'), ...args]
process.on('exit', () => {
  for (const [filename, script] of scripts) writeFileSync(`${filename}.cache`, script.createCachedData())
  process.exitCode = 0
})
require(join(dist, 'chunks', 'main.cjs'))
