import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { sendRequest } from '../../../src/io/http-request.ts'
import { IoError } from '../../../src/io/io-error.ts'

async function withServer(answer: RequestListener, use: (url: URL) => Promise<void>): Promise<void> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path`))
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

test('status, headers and body', async () => {
  await withServer((request, response) => response.writeHead(201, { 'x-method': request.method }).end('made'), async (url) => {
    const { status, headers, body } = await sendRequest(url, { method: 'PATCH', body: '{}' })
    expect([status, headers['x-method'], body]).toEqual([201, 'PATCH', 'made'])
  })
})

test('an answer that is too large is an error', async () => {
  await withServer((_, response) => response.end('x'.repeat(1000)), async (url) => {
    await expect(sendRequest(url, { maxSize: 100 })).rejects.toThrow(/GET http:\/\/127\.0\.0\.1:\d+\/path: the answer has more than 100 bytes/)
  })
})

test('a server that goes on sending little by little is given up', async () => {
  let timer: NodeJS.Timeout | undefined
  await withServer((_, response) => { timer = setInterval(() => response.write('.'), 20) }, async (url) => {
    await expect(sendRequest(url, { timeoutMs: 200 })).rejects.toThrow('no answer within 0.2 s')
  })
  clearInterval(timer)
})

test('whoever asks words the error', async () => {
  const call = { toError: (reason: string) => new IoError('CLUSTER_UNREACHABLE', `nobody is there: ${reason}`) }
  await expect(sendRequest(new URL('http://127.0.0.1:1/'), call)).rejects.toThrow('nobody is there: connect ECONNREFUSED')
})

test('only addresses of the web', async () => {
  await expect(sendRequest(new URL('file:///etc/passwd'), {})).rejects.toThrow('not an address of the web')
})
