import type { OptionRow } from './option-row.ts'

/**
 * Every option of every command, once. Help, PRESYNC_* variables, the table in the README and the plugin's parameters derive from it.
 * The key names the row; `flag` is what is typed where several commands use the same letters differently.
 */
export const options = {
  'policy': { type: 'list', short: 'p', value: 'SOURCE', group: 'Policies', config: 'policies', parameter: 'policies',
    description: 'policies: a file, a folder, a git address with @REF, or builtin:NAME' },
  'exception': { type: 'list', short: 'e', value: 'PATH', group: 'Policies', config: 'exceptions', description: 'a file or folder with PolicyExceptions' },
  'mode': { type: 'choice', choices: ['policy', 'audit', 'enforce'], default: 'policy', group: 'Policies', config: 'mode', parameter: 'mode',
    description: "policy respects each rule's failureAction, audit blocks nothing, enforce treats every rule as Enforce" },
  'fail-on': { type: 'choice', choices: ['block', 'fail', 'warn', 'never'], default: 'block', group: 'Policies', config: 'failOn',
    description: 'the lowest kind of result that makes the run end with exit code 1' },
  'strict': { type: 'flag', group: 'Policies', config: 'strict', description: 'exit code 2 also for warnings about inputs and for rules that could not be evaluated' },

  'base': { type: 'text', short: 'b', value: 'REF', group: 'Change', description: 'report only what is new against the merge base with this branch, tag or commit' },
  'full': { type: 'flag', group: 'Change', description: 'with --base: check also what the change cannot touch' },
  'show-diff': { type: 'flag', group: 'Change', description: 'with --base: how the rendered resources differ' },
  'baseline': { type: 'text', value: 'FILE', group: 'Change', config: 'baseline', description: 'failures that are known, as `presync baseline create` writes them down' },

  'shard': { type: 'text', value: 'I/N', group: 'Change', description: 'check the I-th of N parts, and print it for `presync merge` (-o shard=FILE)' },

  'values-file': { type: 'list', short: 'f', value: 'FILE', group: 'Cluster', config: 'valuesFiles', description: "values of variables and labels of namespaces, in Kyverno's format" },
  'set': { type: 'list', value: 'NAME=VALUE', group: 'Cluster', description: 'value of a variable' },
  'userinfo': { type: 'text', value: 'FILE', group: 'Cluster', description: 'who applies the resources, a UserInfo file' },
  'cluster': { type: 'flag', group: 'Cluster', description: 'answer look-ups that nothing at hand answers from the cluster of the kubeconfig, read only' },
  'kubeconfig': { type: 'text', value: 'FILE', group: 'Cluster', description: 'with --cluster: this kubeconfig instead of the usual one' },
  'context': { type: 'text', value: 'NAME', group: 'Cluster', description: 'with --cluster: a context of the kubeconfig' },
  'namespace': { type: 'text', short: 'n', value: 'NAME', default: 'default', group: 'Cluster', description: 'namespace of resources that name none' },

  'app-name': { type: 'text', value: 'NAME', group: 'Rendering', description: "Helm's release name; the name of the source's folder where absent" },
  'kube-version': { type: 'text', value: 'VERSION', group: 'Rendering', config: 'kubeVersion', description: 'Kubernetes version that charts are rendered for' },
  'api-versions': { type: 'list', value: 'NAME', group: 'Rendering', config: 'apiVersions', description: 'API version that charts find in the cluster, group/version/Kind' },
  'network': { type: 'flag', group: 'Rendering', config: 'network', description: 'let remote bases, charts and values be fetched' },
  'helm': { type: 'text', value: 'PROGRAM', group: 'Rendering', config: 'helm', description: 'helm instead of the one on PATH' },
  'kustomize': { type: 'text', value: 'PROGRAM', group: 'Rendering', config: 'kustomize', description: 'kustomize instead of the one on PATH' },
  'jsonnet': { type: 'text', value: 'PROGRAM', group: 'Rendering', config: 'jsonnet', description: 'jsonnet instead of the one on PATH' },

  'cache': { type: 'text', value: 'FOLDER', group: 'Rendering', description: 'keep there what helm and kustomize print and what policies say, by the content of all that decides about it' },

  'application': { type: 'list', value: 'NAME', group: 'Resources', description: 'only this Application, by its name or namespace/name' },
  'repository': { type: 'list', value: 'URL=FOLDER', group: 'Rendering', config: 'repositories', description: 'a folder that stands for a repository which Applications name' },
  'clusters': { type: 'text', value: 'FILE', group: 'Rendering', config: 'clusters', description: "a file that lists Argo CD's clusters, for ApplicationSets" },
  'cluster-snapshot': { type: 'list', value: 'PATH', group: 'Cluster', config: 'clusterSnapshots', description: 'a file or folder with objects of the cluster, which answer what policies look up' },
  'crd-path': { type: 'list', value: 'PATH', group: 'Cluster', config: 'crdPaths', description: 'a file or folder with CustomResourceDefinitions, for scopes and schemas' },
  'allow-empty': { type: 'flag', group: 'Resources', config: 'allowEmpty', description: 'nothing to check is not an error' },
  'offline': { type: 'flag', group: 'Resources', description: 'no network: policies from git are refused' },

  'kyverno-version': { type: 'text', value: 'VERSION', default: '1.19', group: 'Cluster', description: 'Kyverno that runs in the cluster; before 1.9 it writes rules into policies' },
  'argocd-version': { type: 'text', value: 'VERSION', default: '3.5', group: 'Cluster', description: 'Argo CD that compares' },
  'application-option': { type: 'list', value: 'OPTION', group: 'Cluster', description: 'sync or compare option of the Application: ServerSideApply=true, ServerSideDiff=true, RespectIgnoreDifferences=true' },
  'live': { type: 'list', value: 'PATH', group: 'Cluster', description: 'objects of the cluster (kubectl get -o yaml), a file or folder, compared instead of predictions' },
  'write': { type: 'text', value: 'FILE', group: 'Entries', description: 'write the entries into the Applications, or the ApplicationSet, of a file, in place' },
  'prune': { type: 'flag', group: 'Entries', description: 'take out entries that presync wrote and nothing needs any more' },
  'by-name': { type: 'flag', group: 'Entries', description: 'name each rule that an old Kyverno writes into policies instead of all at once' },
  'settle': { type: 'flag', group: 'Entries', description: 'print the changes as patches in Git instead, so that no entry is needed' },
  'no-verify': { type: 'flag', group: 'Entries', description: "no proof of the entries on a simulation of Argo CD's comparison" },

  'output': { type: 'list', short: 'o', value: 'FORMAT[=FILE]', group: 'Output', description: 'how to print the report: text, table, json, sarif, … (`-o help` lists them), and the file to print it to' },
  'query': { type: 'text', short: 'q', value: 'JMESPATH', group: 'Output', description: 'print only what this JMESPath query finds in the report in JSON' },
  'render-output': { type: 'choice', flag: 'output', short: 'o', choices: ['yaml', 'json'], default: 'yaml', group: 'Output', description: 'how to print the manifests' },
  'test-file-name': { type: 'text', flag: 'file-name', short: 'f', value: 'NAME', default: 'kyverno-test.yaml', group: 'Tests', description: 'name of the files with tests' },
  'test-case-selector': { type: 'text', short: 't', value: 'SELECTOR', default: 'policy=*,rule=*,resource=*', group: 'Tests', description: 'which results are checked, with wildcards' },
  'fail-only': { type: 'flag', group: 'Tests', description: 'print only what fails' },
  'detailed-results': { type: 'flag', group: 'Tests', description: 'print also the message of each result' },
  'require-tests': { type: 'flag', group: 'Tests', description: 'finding no test is an error' },
  'resource': { type: 'list', short: 'r', value: 'PATH', group: 'Resources', description: 'resources: a file, a folder, - for standard input; with --cluster their names' },
  'resources': { type: 'list', value: 'PATH', group: 'Resources', description: 'the same as --resource' },
  'json': { type: 'list', value: 'FILE', group: 'Resources', description: 'a payload that is no resource' },
  'target-resource': { type: 'list', value: 'PATH', group: 'Resources', description: 'resources that mutate rules may change besides the one at hand' },
  'target-resources': { type: 'list', value: 'PATH', group: 'Resources', description: 'the same as --target-resource' },
  'parameter-resource': { type: 'list', value: 'PATH', group: 'Policies', description: 'parameters of admission policies' },
  'apply-exception': { type: 'list', flag: 'exception', short: 'e', value: 'FILE', group: 'Policies', description: 'a file with PolicyExceptions' },
  'exceptions': { type: 'list', value: 'FILE', group: 'Policies', description: 'the same as --exception' },
  'exceptions-with-resources': { type: 'flag', group: 'Policies', description: 'the same as --exceptions-within-resources' },
  'exceptions-within-resources': { type: 'flag', group: 'Policies', description: 'PolicyExceptions among the resources count' },
  'exceptions-within-policies': { type: 'flag', group: 'Policies', description: 'PolicyExceptions among the policies count' },
  'apply-values-file': { type: 'text', flag: 'values-file', short: 'f', value: 'FILE', group: 'Cluster', description: "values of variables and labels of namespaces, in Kyverno's format" },
  'apply-set': { type: 'list', flag: 'set', short: 's', value: 'NAME=VALUE', group: 'Cluster', description: 'value of a variable' },
  'apply-userinfo': { type: 'text', flag: 'userinfo', short: 'u', value: 'FILE', group: 'Cluster', description: 'who applies the resources, a UserInfo file' },
  'context-file': { type: 'text', value: 'FILE', group: 'Cluster', description: 'objects and images that policies in CEL may look up, a Context file' },
  'crd-paths': { type: 'list', value: 'PATH', group: 'Cluster', description: 'CustomResourceDefinitions' },
  'apply-crd-path': { type: 'list', flag: 'crd-path', value: 'PATH', group: 'Cluster', description: 'the same as --crd-paths' },
  'apply-cluster': { type: 'flag', flag: 'cluster', short: 'c', group: 'Cluster', description: 'resources of the cluster in the current context' },
  'cluster-namespace': { type: 'text', flag: 'namespace', short: 'n', value: 'NAME', group: 'Cluster', description: 'with --cluster only the resources of one namespace' },
  'cluster-wide-resources': { type: 'flag', group: 'Cluster', description: 'with -n also what belongs to no namespace' },
  'registry': { type: 'flag', group: 'Cluster', description: 'let policies ask registries about images' },
  'audit-warn': { type: 'flag', group: 'Output', description: 'failures of policies that audit are warnings' },
  'warn-exit-code': { type: 'number', value: 'CODE', default: 0, group: 'Output', description: 'exit code for warnings without failures' },
  'warn-no-pass': { type: 'flag', group: 'Output', description: 'that exit code also where nothing passes' },
  'policy-report': { type: 'flag', short: 'p', group: 'Output', description: 'print a report of the OpenReports API' },
  'output-format': { type: 'choice', choices: ['yaml', 'json'], default: 'yaml', group: 'Output', description: 'how to print reports and exceptions' },
  'apply-output': { type: 'text', flag: 'output', short: 'o', value: 'PATH', group: 'Output', description: 'file (.yaml) or folder for mutated and generated resources' },
  'apply-table': { type: 'flag', flag: 'table', short: 't', group: 'Output', description: 'print results as a table' },
  'stdin': { type: 'flag', short: 'i', group: 'Output', description: 'print only mutated and generated resources, to be piped on' },
  'generate-exceptions': { type: 'flag', group: 'Output', description: 'print a PolicyException for each failure' },
  'generated-exception-ttl': { type: 'text', value: 'DURATION', default: '720h', group: 'Output', description: 'how long such exceptions live' },
  'continue-on-fail': { type: 'flag', group: 'Policies', description: 'go on with the next resource where one cannot be evaluated' },
  'compat': { type: 'flag', group: 'General', description: "answer as Kyverno's command line, where it errs too (docs/kyverno-differences.md)" },
  'test-output': { type: 'choice', flag: 'output', short: 'o', choices: ['json', 'yaml', 'markdown', 'junit'], group: 'Output', description: 'how to print instead of as tables' },
  'git-branch': { type: 'text', short: 'b', value: 'BRANCH', group: 'Policies', description: 'branch of what is given as the address of a repository' },
  'remove-color': { type: 'flag', group: 'Output', description: "Kyverno's name for --no-color" },

  'ignore-output': { type: 'choice', flag: 'output', short: 'o', choices: ['text', 'json', 'application', 'applicationset', 'argocd-cm', 'helm-values', 'kustomize', 'annotation'], default: 'text', group: 'Output',
    description: 'how to print the entries' },
  'github': { type: 'flag', group: 'Files', description: 'a workflow of GitHub Actions' },
  'gitlab': { type: 'flag', group: 'Files', description: 'a job of GitLab CI' },
  'pre-commit': { type: 'flag', group: 'Files', description: 'hooks of pre-commit' },
  'jenkins': { type: 'flag', group: 'Files', description: 'a pipeline of Jenkins' },
  'image': { type: 'text', value: 'IMAGE', group: 'Files', description: 'the container image that CI runs; presync:VERSION where absent' },
  'force': { type: 'flag', group: 'Files', description: 'overwrite files that are there' },

  'all': { type: 'flag', group: 'Output', description: 'print every result where text and table would cut or leave out' },
  'config': { type: 'text', short: 'c', value: 'FILE', group: 'General', description: 'configuration instead of the .presync.yaml found upward from the first path' },
  'no-color': { type: 'flag', group: 'General', description: 'no colours (NO_COLOR does the same)' },
  'verbose': { type: 'flag', short: 'v', group: 'General', description: 'more detail on stderr' },
} as const satisfies Record<string, OptionRow>

export type OptionName = keyof typeof options

type ValueOf<Row extends OptionRow> =
  Row['type'] extends 'flag' ? boolean
  : Row['type'] extends 'list' ? readonly string[]
  : (Row extends { readonly choices: readonly (infer Choice)[] } ? Choice : Row['type'] extends 'number' ? number : string)
    | (Row extends { readonly default: unknown } ? never : undefined)

/** The values of the named options, typed by their rows. */
export type OptionValues<Name extends OptionName> = { readonly [Key in Name]: ValueOf<(typeof options)[Key]> }
