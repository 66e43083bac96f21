/** Writes a file that somebody asked for; the command line does not touch the disk itself. */
export { writeTextFile as writeFile } from '../io/write-text-file.ts'
