/** Refer to secrets instead of writing them out. */
export const secretsReferenced = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: secrets-referenced
  annotations:
    policies.kyverno.io/title: Refer to secrets instead of writing them out
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: A password in a manifest is readable for everybody who can read the repository or the Pod.
spec:
  background: true
  rules:
    - name: secrets-referenced
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Take this value from a Secret (valueFrom.secretKeyRef); whoever reads the repository or the Pod reads it too.
        pattern:
          spec:
            containers:
              - =(env):
                  - (name): "*PASSWORD | *PASSWD | *_TOKEN | *_SECRET | *API_KEY | *PRIVATE_KEY"
                    # Accepts an empty text as well.
                    =(value): null
`
