/** A workflow of GitHub Actions. No secrets, read-only rights, \`pull_request\`: safe for forks. */
export const github = (image: string): string => `# In a pull request only what the change brings fails, shown beside the lines.
name: presync
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    container:
      image: ${image}
      options: --user root
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - name: Check
        env:
          BASE: \${{ github.event.pull_request.base.sha }}
        run: |
          git config --global --add safe.directory "$PWD"
          if [ -n "$BASE" ]; then set -- --base "$BASE"; else set --; fi
          code=0
          presync check "$@" -o github -o "markdown=$RUNNER_TEMP/presync.md" || code=$?
          if [ -f "$RUNNER_TEMP/presync.md" ]; then cat "$RUNNER_TEMP/presync.md" >> "$GITHUB_STEP_SUMMARY"; fi
          exit "$code"
`
