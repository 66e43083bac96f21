/** Mount no directories of the host. */
export const hostPathsAvoided = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: host-paths-avoided
  annotations:
    policies.kyverno.io/title: Mount no directories of the host
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A hostPath volume ties a Pod to one node, and can read and change that node.
spec:
  background: true
  rules:
    - name: host-paths-avoided
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Use a persistentVolumeClaim, configMap, secret or emptyDir instead of a hostPath, which ties the Pod to the node and can change it.
        pattern:
          spec:
            =(volumes):
              - X(hostPath): "null"
`
