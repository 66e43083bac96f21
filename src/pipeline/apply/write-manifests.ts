// Kyverno: cmd/cli/kubectl-kyverno/processor/policy_processor.go (printOutput), commands/apply/command.go (checkMutateLogPath)
import { join } from 'node:path'
import { kindOf } from '../../io/files.ts'
import { writeTextFile } from '../../io/write-text-file.ts'
import { formatYaml } from '../../manifest/index.ts'
import type { ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import { listManifests } from '../../report/index.ts'

/** Writes what mutate and generate rules made: into one file, or into a folder with a file for each mutated resource and each generating policy. */
export function writeManifests({ responses }: ApplyReport, path: string, options: { readonly compat: boolean }): void {
  const isFolder = kindOf(path) === 'folder' || !/\.ya?ml$/.test(path)
  const texts = new Map<string, string>(isFolder ? [] : [[path, '']])
  for (const response of responses) {
    const file = isFolder ? join(path, fileName(response)) : path
    for (const { object } of listManifests(response, options)) texts.set(file, `${texts.get(file) ?? ''}${formatYaml(object, { sortKeys: true })}---\n`)
  }
  for (const [file, text] of texts) writeTextFile(file, text)
}

/** Names come from manifests: nothing in them may lead out of the folder. */
function fileName({ step, policy, resource }: ApplyResponse): string {
  const name = step === 'generate' ? `${policy.name}-generated` : `${resource.id.name}-mutated`
  return `${name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '_')}.yaml`
}
