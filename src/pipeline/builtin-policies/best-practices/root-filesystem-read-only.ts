/** Keep the root filesystem read-only. */
export const rootFilesystemReadOnly = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: root-filesystem-read-only
  annotations:
    policies.kyverno.io/title: Keep the root filesystem read-only
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: Whoever breaks into a container should not be able to change its programs.
spec:
  background: true
  rules:
    - name: root-filesystem-read-only
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the program has to write.
        pattern:
          spec:
            containers:
              - securityContext:
                  readOnlyRootFilesystem: true
`
