/** Encrypt what comes in. */
export const ingressEncrypted = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: ingress-encrypted
  annotations:
    policies.kyverno.io/title: Encrypt what comes in
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: An Ingress without a tls section answers in plain text.
spec:
  background: true
  rules:
    - name: ingress-encrypted
      match:
        any:
          - resources:
              kinds:
                - Ingress
      validate:
        failureAction: Audit
        message: Add a tls section with the hosts of this Ingress; without it the Ingress answers in plain text.
        deny:
          conditions:
            all:
              - key: "{{ length(request.object.spec.tls || \`[]\`) }}"
                operator: Equals
                value: 0
`
