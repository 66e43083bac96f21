import type { TemplateMap } from '../../../expression/go-template/index.ts'
import type { JsonObject } from '../../../model/json.ts'
import type { ParameterRenderer } from '../parameter-renderer.ts'

/** A repository's files as the git generator sees them. */
export interface RepositoryFiles {
  /** Folders below the root, hidden ones left out, in the order of a walk. */
  folders(): readonly string[]
  /** Files below the root. */
  files(): readonly string[]
  read(path: string): string
}

/** A cluster that Argo CD knows. */
export interface Cluster {
  readonly name: string
  readonly server: string
  readonly project?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** What generators may ask. */
export interface ApplicationSetWorld {
  /** The files of a repository; undefined where it is not at hand. */
  repository(url: string, revision: string): RepositoryFiles | undefined
  /** The clusters; undefined where nobody listed them. */
  readonly clusters: readonly Cluster[] | undefined
}

/** What a generator is given. */
export interface GeneratorContext {
  readonly world: ApplicationSetWorld
  readonly renderer: ParameterRenderer
  /** Parameters of a nested generator. */
  readonly expand: (generator: JsonObject, parameters: TemplateMap | undefined) => readonly TemplateMap[]
}

/** Makes sets of parameters of a generator's block. */
export type Generator = (block: JsonObject, context: GeneratorContext) => readonly TemplateMap[]
