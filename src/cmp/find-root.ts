/** Where the unpacked repository begins: the working folder less the source's path. Whoever lies about the path gets the narrowest root. */
export function findRoot(cwd: string, sourcePath: string): { readonly root: string; readonly path: string } {
  const steps = sourcePath.split('/').filter((step) => step !== '' && step !== '.')
  const folders = cwd.split('/')
  const tail = folders.slice(folders.length - steps.length)
  const fits = steps.length > 0 && steps.length < folders.length && steps.every((step, index) => step !== '..' && step === tail[index])
  return fits ? { root: folders.slice(0, folders.length - steps.length).join('/'), path: steps.join('/') } : { root: cwd, path: '.' }
}
