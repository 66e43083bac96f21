/** Tell when a workload is ready. */
export const readinessProbed = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: readiness-probed
  annotations:
    policies.kyverno.io/title: Tell when a workload is ready
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A rollout cannot stop at a broken version if nothing says whether it works.
spec:
  background: true
  rules:
    - name: readiness-probed
      match:
        any:
          - resources:
              kinds:
                - Deployment
                - StatefulSet
                - DaemonSet
      validate:
        failureAction: Audit
        message: Give at least one container a readinessProbe; a rollout cannot stop at a broken version without one.
        pattern:
          spec:
            template:
              spec:
                ^(containers):
                  - readinessProbe: {}
`
