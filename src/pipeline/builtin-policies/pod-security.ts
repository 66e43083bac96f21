// The checks themselves, and what to do about each, are in kubernetes/pod-security: a rule of this type says every field at fault.

const policy = (level: string, description: string): string => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: pod-security-${level}
  annotations:
    policies.kyverno.io/title: Pod Security Standards, ${level}
    policies.kyverno.io/category: Pod Security
    policies.kyverno.io/description: ${description}
spec:
  background: true
  rules:
    - name: ${level}
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: This workload does not meet the Pod Security Standard "${level}".
        podSecurity:
          level: ${level}
          version: latest
`

/** Kubernetes' own minimum: nothing that takes over the node. */
export const podSecurityBaseline = policy('baseline', 'Keeps workloads from taking over their node; what Kubernetes itself recommends as the minimum.')

/** Kubernetes' own hardening profile. */
export const podSecurityRestricted = policy('restricted', 'The hardened profile of Kubernetes, with no root, no privilege escalation, a seccomp profile and few capabilities.')
