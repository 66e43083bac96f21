import { request as requestHttp } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'
import { IoError } from './io-error.ts'
import { redactSecrets } from './redact.ts'

/** An answer; header names are in small letters. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string
}

export interface HttpCall {
  readonly method?: 'GET' | 'POST'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Certificates, tokens and the like, in Node's terms. */
  readonly options?: RequestOptions
  readonly timeoutMs?: number
  readonly maxSize?: number
}

/** One request; redirects are for the caller. An answer that is too large or too late is an error. */
export function sendRequest(url: URL, { method = 'GET', body, headers = {}, options = {}, timeoutMs = 30_000, maxSize = 100_000_000 }: HttpCall): Promise<HttpAnswer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return Promise.reject(new IoError('INVALID_URL', `not an address of the web: ${redactSecrets(url.href)}`))
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new IoError('REQUEST_FAILED', `${method} ${redactSecrets(url.origin)}${url.pathname}: ${redactSecrets(reason)}`))
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const sent = send(url, { ...options, method, headers: { ...options.headers as Record<string, string>, ...headers }, timeout: timeoutMs }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxSize) sent.destroy(new Error(`the answer has more than ${maxSize} bytes`))
        else chunks.push(chunk)
      })
      answer.on('error', ({ message }) => fail(message))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }))
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)))
    sent.on('error', ({ message }) => fail(message))
    sent.end(body)
  })
}
