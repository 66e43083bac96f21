/** Label workloads with their name. */
export const nameLabelled = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: name-labelled
  annotations:
    policies.kyverno.io/title: Label workloads with their name
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: The label app.kubernetes.io/name lets people and tools find what belongs together.
spec:
  background: true
  rules:
    - name: name-labelled
      match:
        any:
          - resources:
              kinds:
                - Deployment
                - StatefulSet
                - DaemonSet
                - CronJob
                - Service
      validate:
        failureAction: Audit
        message: Add the label app.kubernetes.io/name, so that people and tools find what belongs together.
        pattern:
          metadata:
            labels:
              app.kubernetes.io/name: "?*"
`
