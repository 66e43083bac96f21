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
  readonly method?: 'GET' | 'POST' | 'PATCH'
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Certificates, tokens and the like, in Node's terms. */
  readonly options?: RequestOptions
  /** For the whole answer. */
  readonly timeoutMs?: number
  /** In bytes. */
  readonly maxSize?: number
  /** The error that says why there is no answer. */
  readonly toError?: (reason: string) => IoError
}

/** One request; redirects are for the caller. An answer that is too large or too late is an error. */
export function sendRequest(url: URL, call: HttpCall): Promise<HttpAnswer> {
  const { method = 'GET', body, headers = {}, options = {}, timeoutMs = 30_000, maxSize = 100_000_000 } = call
  const toError = call.toError ?? ((reason) => new IoError('REQUEST_FAILED', `${method} ${redactSecrets(url.origin)}${url.pathname}: ${reason}`))
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return Promise.reject(new IoError('INVALID_URL', `not an address of the web: ${redactSecrets(url.href)}`))
  return new Promise((resolve, reject) => {
    // A server that sends a byte now and then is never silent, so the time is counted for all of it.
    const deadline = setTimeout(() => giveUp(`no answer within ${timeoutMs / 1000} s`), timeoutMs)
    const fail = (reason: string): void => {
      clearTimeout(deadline)
      reject(toError(redactSecrets(reason)))
    }
    const giveUp = (reason: string): void => {
      fail(reason)
      sent.destroy()
    }
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const sent = send(url, { ...options, method, headers: { ...options.headers as Record<string, string>, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > maxSize) giveUp(`the answer has more than ${maxSize} bytes`)
        else chunks.push(chunk)
      })
      answer.on('error', ({ message }) => fail(message))
      answer.on('end', () => {
        clearTimeout(deadline)
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    sent.on('error', ({ message }) => fail(message))
    sent.end(body)
  })
}
