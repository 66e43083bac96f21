/** Name the version of every image. */
export const imageVersionNamed = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: image-version-named
  annotations:
    policies.kyverno.io/title: Name the version of every image
    policies.kyverno.io/category: Best practices
    policies.kyverno.io/description: Without a tag or digest, or with the tag latest, what runs changes without a commit.
spec:
  background: true
  rules:
    - name: image-version-named
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Name a version, as in image:1.4.2 or image@sha256:…; without one, what runs changes without a commit.
        pattern:
          spec:
            # A colon before the last slash is a port, not a tag.
            =(initContainers):
              - image: "*/*:* & !*:latest | !*/* & *:* & !*:latest"
            containers:
              - image: "*/*:* & !*:latest | !*/* & *:* & !*:latest"
`
