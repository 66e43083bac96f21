/** Open no ports on the nodes. */
export const nodePortsAvoided = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: node-ports-avoided
  annotations:
    policies.kyverno.io/title: Open no ports on the nodes
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A NodePort is open on every node, past the Ingress and its rules.
spec:
  background: true
  rules:
    - name: node-ports-avoided
      match:
        any:
          - resources:
              kinds:
                - Service
      validate:
        failureAction: Audit
        message: Use type ClusterIP behind an Ingress or Gateway, or LoadBalancer; a NodePort is open on every node.
        pattern:
          spec:
            =(type): "!NodePort"
`
