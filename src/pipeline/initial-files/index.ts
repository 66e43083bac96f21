import { configuration } from './configuration.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { jenkins } from './jenkins.ts'
import { preCommit } from './pre-commit.ts'

/** A file that `presync init` writes. */
export interface InitialFile {
  readonly path: string
  readonly text: (image: string) => string
}

/** What `presync init` writes: the configuration always, the others when asked for. */
export const initialFiles = {
  'configuration': { path: '.presync.yaml', text: configuration },
  'github': { path: '.github/workflows/presync.yml', text: github },
  'gitlab': { path: '.gitlab/presync.yml', text: gitlab },
  'pre-commit': { path: '.pre-commit-config.yaml', text: preCommit },
  'jenkins': { path: 'presync.Jenkinsfile', text: jenkins },
} as const satisfies Record<string, InitialFile>

export type InitialFileName = keyof typeof initialFiles
