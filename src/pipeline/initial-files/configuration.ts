/** A `.presync.yaml` that says what can be said. */
export const configuration = (): string => `# What presync does when the command line says nothing else. Everything is optional; paths are relative to this file.

# What is checked; the folder of this file where absent.
# paths: [apps]

# Policies: files, folders, git addresses with @ref, or builtin:NAME. Where absent, those among the checked files, or else the Pod Security Standards.
# policies: [policies, builtin:pod-security-baseline]

# policy respects each rule's failureAction, audit blocks nothing, enforce treats every rule as Enforce.
# mode: policy

# The lowest kind of result that fails a run: block, fail, warn, never.
# failOn: block

# Failures that are known, as \`presync baseline create\` writes them down.
# baseline: .presync-baseline.json

# The cluster: its version, and what policies look up there.
# kubeVersion: "1.33"
# valuesFiles: [values.yaml]
# clusterSnapshots: [snapshot.yaml]

# Folders that stand for repositories which Applications name; \`.\` says what this one is called.
# repositories:
#   https://git.example.com/team/gitops: .
`
