/** Name the rights of a role. */
export const rightsEnumerated = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: rights-enumerated
  annotations:
    policies.kyverno.io/title: Name the rights of a role
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A wildcard in a role also grants what will exist tomorrow.
spec:
  background: true
  rules:
    - name: rights-enumerated
      match:
        any:
          - resources:
              kinds:
                - Role
                - ClusterRole
      validate:
        failureAction: Audit
        message: Replace "*" in verbs, resources and apiGroups by what is needed; a wildcard also grants what will exist tomorrow.
        deny:
          conditions:
            any:
              - key: "{{ contains((request.object.rules || \`[]\`)[].verbs[], '*') }}"
                operator: Equals
                value: true
              - key: "{{ contains((request.object.rules || \`[]\`)[].resources[], '*') }}"
                operator: Equals
                value: true
              - key: "{{ contains((request.object.rules || \`[]\`)[].apiGroups[], '*') }}"
                operator: Equals
                value: true
`
