/** Request what a container needs. */
export const resourcesRequested = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: resources-requested
  annotations:
    policies.kyverno.io/title: Request what a container needs
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: Requests let the scheduler place a Pod; a memory limit keeps a leak from taking the node with it.
spec:
  background: true
  rules:
    - name: resources-requested
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Set resources.requests.cpu, resources.requests.memory and resources.limits.memory for every container.
        pattern:
          spec:
            containers:
              - resources:
                  requests:
                    cpu: "?*"
                    memory: "?*"
                  limits:
                    memory: "?*"
`
