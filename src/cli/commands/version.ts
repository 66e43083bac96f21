import { version } from '../../model/version.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'

/** `presync version`: the version of presync and of the Node that runs it. */
export const versionCommand = defineCommand({
  summary: 'print the versions of presync and of Node',
  options: [],
  run({ streams }) {
    streams.stdout.write(`presync ${version}\nnode ${process.versions.node}\n`)
    return exitCodes.ok.code
  },
})
