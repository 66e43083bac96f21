/** A file for GitLab CI to include. */
export const gitlab = (image: string): string => `# Include it in .gitlab-ci.yml:
#   include:
#     - local: .gitlab/presync.yml
presync:
  stage: test
  image:
    name: ${image}
    entrypoint: ['']
  variables:
    GIT_DEPTH: '0'
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - if [ -n "\${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}" ]; then set -- --base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"; else set --; fi
    - presync check "$@" -o gitlab=presync-code-quality.json -o junit=presync-junit.xml -o html=presync.html
  artifacts:
    when: always
    paths: [presync.html]
    reports:
      codequality: presync-code-quality.json
      junit: presync-junit.xml
`
