/** What reviews of manifests ask for again and again. Audited, never enforced. */
export const bestPractices = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: best-practices
  annotations:
    policies.kyverno.io/title: Best practices
    policies.kyverno.io/description: What reviews of manifests ask for again and again.
spec:
  background: true
  rules:
    - name: image-tag-given
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Name the version of every image; without one, what runs changes under your feet.
        foreach:
          - list: images.[initContainers, containers][].values(@)[]
            deny:
              conditions:
                all:
                  - key: "{{ element.digest || '' }}"
                    operator: Equals
                    value: ""
                  - key: "{{ element.tag || 'latest' }}"
                    operator: Equals
                    value: latest
    - name: resources-requested
      match:
        any:
          - resources:
              kinds:
                - Pod
      validate:
        failureAction: Audit
        message: Request CPU and memory and limit memory, so that the scheduler knows and a leak stays at home.
        pattern:
          spec:
            containers:
              - resources:
                  requests:
                    cpu: "?*"
                    memory: "?*"
                  limits:
                    memory: "?*"
    - name: readiness-probed
      match:
        any:
          - resources:
              kinds:
                - Deployment
                - StatefulSet
      validate:
        failureAction: Audit
        message: Give at least one container a readiness probe; a rollout cannot tell otherwise whether it works.
        deny:
          conditions:
            all:
              - key: "{{ request.object.spec.template.spec.containers[?readinessProbe || startupProbe] | length(@) }}"
                operator: Equals
                value: 0
    - name: name-labelled
      match:
        any:
          - resources:
              kinds:
                - Deployment
                - StatefulSet
                - DaemonSet
                - Service
      validate:
        failureAction: Audit
        message: Label workloads with app.kubernetes.io/name, so that people and tools find what belongs together.
        pattern:
          metadata:
            labels:
              app.kubernetes.io/name: "?*"
    - name: no-external-ips
      match:
        any:
          - resources:
              kinds:
                - Service
      validate:
        failureAction: Audit
        message: A Service with externalIPs can take over the traffic of others.
        pattern:
          spec:
            X(externalIPs): "null"
`
