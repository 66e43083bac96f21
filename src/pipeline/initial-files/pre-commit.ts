/** Hooks of pre-commit that run the presync on PATH. */
export const preCommit = (): string => `repos:
  - repo: local
    hooks:
      - id: presync-check
        name: presync check
        entry: presync check
        language: system
        files: \\.(ya?ml|json|tpl|jsonnet|libsonnet)$
        pass_filenames: false
        require_serial: true
      - id: presync-test
        name: presync test
        entry: presync test .
        language: system
        files: \\.(ya?ml|json)$
        pass_filenames: false
        require_serial: true
`
