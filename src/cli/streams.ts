/** Where text goes. The process's own streams fit, and so does a buffer in a test. */
export interface OutputStream {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** The three streams of a run: data goes to stdout, words for people to stderr. */
export interface Streams {
  readonly stdin: AsyncIterable<string | Uint8Array>
  readonly stdout: OutputStream
  readonly stderr: OutputStream
}

/** The whole of standard input as text. */
export async function readAll(input: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of input) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}
