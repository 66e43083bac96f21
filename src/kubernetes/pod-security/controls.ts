// Faithful to Kyverno's pkg/pss/utils/mapping.go.

/** The checks behind the name of a control, as `exclude[].controlName` says it. The check of probe hosts has no control. */
const controls: ReadonlyMap<string, readonly string[]> = new Map([
  ['/proc Mount Type',         ['procMount']],
  ['AppArmor',                 ['appArmorProfile']],
  ['Capabilities',             ['capabilities_baseline', 'capabilities_restricted']],
  ['Host Namespaces',          ['hostNamespaces']],
  ['Host Ports',               ['hostPorts']],
  ['HostPath Volumes',         ['hostPathVolumes']],
  ['HostProcess',              ['windowsHostProcess']],
  ['Privilege Escalation',     ['allowPrivilegeEscalation']],
  ['Privileged Containers',    ['privileged']],
  ['Running as Non-root',      ['runAsNonRoot']],
  ['Running as Non-root user', ['runAsUser']],
  ['SELinux',                  ['seLinuxOptions']],
  ['Seccomp',                  ['seccompProfile_baseline', 'seccompProfile_restricted']],
  ['Sysctls',                  ['sysctls']],
  ['Volume Types',             ['restrictedVolumes']],
])
const controlOfCheck: ReadonlyMap<string, string> = new Map([...controls].flatMap(([control, ids]) => ids.map((id) => [id, control] as const)))

/** The ids of a control's checks; empty for a name that is none. */
export function checksOfControl(control: string): readonly string[] {
  return controls.get(control) ?? []
}

/** The name of a check's control; undefined for the check that belongs to none. */
export function controlOf(checkId: string): string | undefined {
  return controlOfCheck.get(checkId)
}
