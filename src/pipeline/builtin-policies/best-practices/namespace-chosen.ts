/** Stay out of the default namespace. */
export const namespaceChosen = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: namespace-chosen
  annotations:
    policies.kyverno.io/title: Stay out of the default namespace
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: Quotas, network policies and access rights are given by namespace; in the default one nobody owns anything.
spec:
  background: true
  rules:
    - name: namespace-chosen
      match:
        any:
          - resources:
              kinds:
                - Deployment
                - StatefulSet
                - DaemonSet
                - Job
                - CronJob
                - Service
                - ConfigMap
                - Secret
                - Ingress
      validate:
        failureAction: Audit
        message: Use a namespace of your own instead of default, so that quotas, network policies and access rights can apply.
        pattern:
          metadata:
            =(namespace): "!default"
`
