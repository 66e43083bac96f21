// github.com/huandu/xstrings v1.5: convert.go (ToSnakeCase, ToKebabCase, ToPascalCase)
import { goLowerCase, goUpperCase } from '../../../values/letter-case.ts'

type WordType = 'connector' | 'punctuation' | 'upper' | 'letters' | 'number' | 'other' | 'none'
interface Word { readonly type: WordType; readonly text: string }

const words = /(?<connector>[-_\s]+)|(?<punctuation>(?:(?![-_])\p{P})+)|(?<upper>\p{Lu}+(?!\p{Lu})(?=\P{L}|$)|\p{Lu}+(?=\p{Lu}(?!\p{Lu})\p{L})|\p{Lu}(?:(?!\p{Lu})\p{L})*)|(?<letters>(?:(?!\p{Lu})\p{L})+)|(?<number>\p{N}+)|(?<other>[^-_\s\p{L}\p{N}\p{P}]+)/gu
const isConnector = (character: string): boolean => /[-_\s]/.test(character)

function takeApart(text: string): Word[] {
  return [...text.matchAll(words)].map(({ groups = {} }) => {
    const [type, word] = Object.entries(groups).find(([, value]) => value !== undefined) as [WordType, string]
    return { type, text: word }
  })
}

/** `HTTPServer2xx` → `http_server_2xx`: digits belong to the word before them, unless small letters follow. */
export function toConnectedCase(text: string, connector: string): string {
  const list = takeApart(text)
  let [result, index] = ['', 0]
  const at = (position: number): Word => list[position] ?? { type: 'none', text: '' }
  const write = ({ type, text: word }: Word): void => {
    result += type === 'connector' ? connector.repeat([...word].length) : type === 'upper' ? goLowerCase(word) : word
  }
  const writeTail = (): void => {
    while (at(index).type === 'letters' || at(index).type === 'number') write(at(index++))
  }
  const separate = (): void => {
    if (!['none', 'punctuation', 'connector'].includes(at(index).type)) result += connector
  }
  while (index < list.length - 1) {
    const word = at(index++)
    write(word)
    if (word.type === 'connector' || word.type === 'punctuation') continue
    if (word.type === 'number') { writeTail(); separate(); continue }
    if (at(index).type !== 'number') { separate(); continue }
    if (index === list.length - 1) break
    const number = at(index++)
    if (at(index).type === 'letters') {
      result += connector
      write(number)
      writeTail()
    } else write(number)
    separate()
  }
  if (index < list.length) write(at(index))
  return result
}

/** `http_server` → `HttpServer`: marks between words go, those at the start stay. */
export function toPascalCase(text: string): string {
  const characters = [...text]
  const start = characters.findIndex((character) => !isConnector(character))
  if (start < 0) return text
  const head = characters.slice(0, start).join('')
  let current = characters[start] as string
  let isFirstUpper = /\p{Lu}/u.test(current)
  current = goUpperCase(current)
  let result = head
  for (const character of characters.slice(start + 1)) {
    const before = current
    current = character
    if (isConnector(before)) {
      if (isConnector(current)) { result += before; continue }
      isFirstUpper = /\p{Lu}/u.test(current)
      current = goUpperCase(current)
      continue
    }
    if (isFirstUpper && /\p{Lu}/u.test(current)) current = goLowerCase(current)
    else if (isFirstUpper) isFirstUpper = false
    result += before
  }
  return result + current
}
