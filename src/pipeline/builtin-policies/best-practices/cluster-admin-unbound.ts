/** Hand out cluster-admin to nobody. */
export const clusterAdminUnbound = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: cluster-admin-unbound
  annotations:
    policies.kyverno.io/title: Hand out cluster-admin to nobody
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: Whoever holds cluster-admin can do everything, everywhere.
spec:
  background: true
  rules:
    - name: cluster-admin-unbound
      match:
        any:
          - resources:
              kinds:
                - ClusterRoleBinding
                - RoleBinding
      validate:
        failureAction: Audit
        message: Bind a role with the rights that are needed; cluster-admin may do everything, everywhere.
        pattern:
          roleRef:
            name: "!cluster-admin"
`
