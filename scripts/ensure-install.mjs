// Installs the packages of the lock file unless they are there already: the first step of every npm script.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const installed = `${root}node_modules/.package-lock.json`

function isCurrent() {
  if (!existsSync(installed)) return false
  const want = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(want).every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version)
}

if (!isCurrent()) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  console.error('presync: installing packages (npm ci) …')
  const { status } = spawnSync(command, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error('presync: npm ci failed; see above')
    process.exit(status ?? 1)
  }
}
