/** An enforced policy that wants images like a pattern. */
export const registriesPolicyOf = (pattern: string) => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: registries}
spec:
  validationFailureAction: Enforce
  rules:
  - name: allowed
    match: {any: [{resources: {kinds: [Pod]}}]}
    validate: {message: only ours, pattern: {spec: {containers: [{image: "${pattern}"}]}}}
`

export const registriesPolicy = registriesPolicyOf('ours.example/*')

/** A Pod with one image; of another registry where none is named. */
export const podOf = (name: string, image = 'theirs.example/a') => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec: {containers: [{name: app, image: ${image}}]}\n`
