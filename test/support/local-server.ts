import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a local server answers. */
export interface LocalAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
}

/** A server on this machine that lives as long as `use` runs; what it has no answer for is a 404. */
export async function withLocalServer<T>(answer: (request: SeenRequest) => LocalAnswer | undefined, use: (server: { readonly host: string; readonly seen: readonly SeenRequest[] }) => Promise<T>): Promise<T> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    const one = { method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization }
    seen.push(one)
    const { status = 200, headers = {}, body } = answer(one) ?? { status: 404, body: { message: 'not found' } }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use({ host: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen })
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
