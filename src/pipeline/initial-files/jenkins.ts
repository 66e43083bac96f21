/** A declarative pipeline of Jenkins. CHANGE_TARGET is there in builds of pull requests. */
export const jenkins = (image: string): string => `// Checks what Argo CD would apply; in a pull request only what the change brings fails.
pipeline {
  agent { docker { image '${image}'; args '--entrypoint=' } }
  stages {
    stage('presync') {
      steps {
        sh '''
          if [ -n "\${CHANGE_TARGET:-}" ]; then
            git fetch --no-tags origin "+refs/heads/$CHANGE_TARGET:refs/remotes/origin/$CHANGE_TARGET"
            set -- --base "origin/$CHANGE_TARGET"
          else
            set --
          fi
          presync check "$@" -o junit=presync-junit.xml -o html=presync.html
        '''
      }
    }
  }
  post {
    always {
      junit testResults: 'presync-junit.xml', allowEmptyResults: true
      archiveArtifacts artifacts: 'presync.html', allowEmptyArchive: true
    }
  }
}
`
