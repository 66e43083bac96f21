import { execFileSync } from 'node:child_process'

/**
 * Writes a script that can be run at once. Another process writes it: while this one has a file open, a program that another thread starts at that moment
 * has it open, too, and Linux does not run a file that somebody may write to.
 */
export function writeProgram(path: string, text: string): void {
  execFileSync('/bin/sh', ['-c', 'cat > "$1" && chmod 755 "$1"', 'sh', path], { input: text })
}
