import type { FieldPath } from '../../model/source.ts'

/**
 * The parts of a Pod that the checks read. JSON of the resource itself, after `decodePod` made sure of its types; null is like absent, as in Go.
 */
export interface Pod {
  readonly metadata: PodMetadata
  readonly spec: PodSpec
}

export interface PodMetadata {
  readonly annotations?: Readonly<Record<string, string | null>> | null
}

export interface PodSpec {
  readonly initContainers?: readonly Container[] | null
  readonly containers?: readonly Container[] | null
  readonly ephemeralContainers?: readonly Container[] | null
  readonly securityContext?: PodSecurityContext | null
  readonly volumes?: readonly Volume[] | null
  readonly hostNetwork?: boolean | null
  readonly hostPID?: boolean | null
  readonly hostIPC?: boolean | null
  readonly os?: { readonly name?: string | null } | null
}

/** What a Pod and a container can both set. */
export interface SharedSecurityContext {
  readonly seLinuxOptions?: SeLinuxOptions | null
  readonly seccompProfile?: { readonly type?: string | null } | null
  readonly appArmorProfile?: { readonly type?: string | null } | null
  readonly windowsOptions?: { readonly hostProcess?: boolean | null } | null
  readonly runAsNonRoot?: boolean | null
  readonly runAsUser?: number | bigint | null
}

export interface PodSecurityContext extends SharedSecurityContext {
  readonly sysctls?: readonly { readonly name?: string | null }[] | null
}

export interface ContainerSecurityContext extends SharedSecurityContext {
  readonly privileged?: boolean | null
  readonly allowPrivilegeEscalation?: boolean | null
  readonly procMount?: string | null
  readonly capabilities?: { readonly add?: readonly string[] | null; readonly drop?: readonly string[] | null } | null
}

export interface SeLinuxOptions {
  readonly type?: string | null
  readonly user?: string | null
  readonly role?: string | null
}

export interface Container {
  readonly name?: string | null
  readonly image?: string | null
  readonly securityContext?: ContainerSecurityContext | null
  readonly ports?: readonly { readonly hostPort?: number | bigint | null }[] | null
  readonly livenessProbe?: Handler | null
  readonly readinessProbe?: Handler | null
  readonly startupProbe?: Handler | null
  readonly lifecycle?: { readonly postStart?: Handler | null; readonly preStop?: Handler | null } | null
}

/** A probe or a lifecycle handler. */
export interface Handler {
  readonly httpGet?: { readonly host?: string | null } | null
  readonly tcpSocket?: { readonly host?: string | null } | null
}

/** A volume: its name, and a key for its source. */
export type Volume = Readonly<Record<string, unknown>> & {
  readonly name?: string | null
  readonly hostPath?: { readonly path?: string | null } | null
}

/** The three lists of containers, in the order in which the checks visit them. */
export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** Calls back for every container, with its path from the Pod's root. */
export function visitContainers(spec: PodSpec, visit: (container: Container, path: FieldPath, name: string) => void): void {
  for (const list of containerLists) {
    spec[list]?.forEach((container, index) => visit(container ?? {}, ['spec', list, index], container?.name ?? ''))
  }
}

/** Pods that declare Windows are free of demands that only Linux can meet. */
export function isWindows(spec: PodSpec): boolean {
  return spec.os?.name === 'windows'
}

/** Neither null nor absent, which in a decoded Pod is the same. */
export function isSet<T>(value: T): value is NonNullable<T> {
  return value !== null && value !== undefined
}
