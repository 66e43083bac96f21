/** Let a controller manage Pods. */
export const podsManaged = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: pods-managed
  annotations:
    policies.kyverno.io/title: Let a controller manage Pods
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A Pod on its own is not replaced when its node goes away.
    pod-policies.kyverno.io/autogen-controllers: none
spec:
  background: true
  rules:
    - name: pods-managed
      match:
        any:
          - resources:
              kinds:
                - Pod
      exclude:
        any:
          # Tests and hooks of charts are Pods on purpose.
          - resources:
              annotations:
                helm.sh/hook: "*"
      # In a cluster, controllers make Pods too.
      preconditions:
        all:
          - key: "{{ length(request.object.metadata.ownerReferences || \`[]\`) }}"
            operator: Equals
            value: 0
      validate:
        failureAction: Audit
        message: Write a Deployment, StatefulSet, DaemonSet or Job instead; a Pod on its own is not replaced when its node goes away.
        deny: {}
`
