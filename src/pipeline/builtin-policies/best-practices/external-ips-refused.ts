/** Claim no addresses for a Service. */
export const externalIpsRefused = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: external-ips-refused
  annotations:
    policies.kyverno.io/title: Claim no addresses for a Service
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A Service with externalIPs can take over the traffic to addresses that belong to others (CVE-2020-8554).
spec:
  background: true
  rules:
    - name: external-ips-refused
      match:
        any:
          - resources:
              kinds:
                - Service
      validate:
        failureAction: Audit
        message: Remove externalIPs; with them a Service can take over traffic to addresses that belong to others.
        pattern:
          spec:
            X(externalIPs): "null"
`
