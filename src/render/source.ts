import type { Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { RenderRun } from './render-run.ts'
import type { SourceOptions } from './source-options.ts'

/** Argo CD's names of the source types that presync renders. */
export type SourceType = 'Helm' | 'Kustomize' | 'Directory'

/** A folder that Argo CD would make manifests of. */
export interface RenderSource {
  /** The repository: an absolute path. Nothing outside of it is read. */
  readonly root: string
  /** The folder below the root, with `/`; `.` is the root itself. */
  readonly path: string
  /** Absent: found out as Argo CD does, unless the options settle it. */
  readonly type?: SourceType
  /** Of a Directory source that was found by walking: the files that hold manifests, below the root. Absent: Argo CD's own choice. */
  readonly files?: readonly string[]
  /** A file that the source is rendered with as if its folder had it. */
  readonly made?: MadeFile
}

/** What another renderer made, for one that reads files. */
export interface MadeFile {
  /** In the source's folder, where there is no such file. */
  readonly name: string
  readonly text: string
  /** What the text holds, with the places where that comes from. */
  readonly resources: readonly Resource[]
}

/** Everything besides the folder that decides what is rendered: the fields of an Application's source, and what Argo CD knows of the cluster. */
export interface RenderOptions extends SourceOptions {
  /** The Application's name: Helm's release name where none is given, and `.argocd-source-<name>.yaml`. */
  readonly appName?: string
  /** The destination namespace. */
  readonly namespace?: string
  /** The cluster's version. */
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
  /** `ARGOCD_APP_*` variables for substitution. */
  readonly buildEnvironment?: Readonly<Record<string, string>>
  /** `kustomize.buildOptions` of argocd-cm. */
  readonly kustomizeBuildOptions?: string
  /** Roots of the other sources of a multi-source Application, by `ref`: absolute paths. */
  readonly refs?: Readonly<Record<string, string>>
  /** Whether `.argocd-source.yaml` of the folder counts. Argo CD has merged it already into what a plugin gets. */
  readonly overrides?: boolean
  /** Whether remote bases, charts and values may be fetched. Off by default. */
  readonly network?: boolean
  /** How long one program may take; 60 seconds by default. */
  readonly timeoutMs?: number
}

/** Paths of the programs that render; what is absent is looked up on PATH. The folder that keeps what they printed, and what the renderings of one run share, where there is such. */
export interface RenderTools {
  readonly helm?: string
  readonly kustomize?: string
  readonly kubectl?: string
  readonly jsonnet?: string
  readonly cache?: string
  readonly run?: RenderRun
}

/** What came of a source. Problems tell what is missing from the resources and why; nothing is thrown for what is wrong with a source. */
export interface RenderedSource {
  readonly type: SourceType
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
  /** Files that decided the outcome, below the root, sorted. */
  readonly filesRead: readonly string[]
}
