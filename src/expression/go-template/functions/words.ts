// Sprig: strings.go with github.com/huandu/xstrings (cases) and github.com/Masterminds/goutils (words)
import { goLowerCase, goUpperCase } from '../../../values/letter-case.ts'
import { toConnectedCase, toPascalCase } from './cases.ts'
import { fixed, type TemplateFunction } from './template-function.ts'

/** strings.Title: a letter behind white space or ASCII that is no letter, digit or underscore. */
const wordStart = /(?<=^|\s|[\0-/:-@[-^`{-\x7f])\p{L}/gu

/** Texts as words. */
export const words: Readonly<Record<string, TemplateFunction>> = {
  title: fixed(['string'], (text) => text.replace(wordStart, goUpperCase)),
  untitle: fixed(['string'], (text) => text.replace(/(^|\s)(\S)/gu, (_, gap: string, letter: string) => gap + goLowerCase(letter))),
  nospace: fixed(['string'], (text) => text.replace(/\s/gu, '')),
  initials: fixed(['string'], (text) => [...text.matchAll(/(?:^|\s)(\S)/gu)].map((match) => match[1]).join('')),
  swapcase: fixed(['string'], swapCase),
  snakecase: fixed(['string'], (text) => toConnectedCase(text, '_')),
  kebabcase: fixed(['string'], (text) => toConnectedCase(text, '-')),
  camelcase: fixed(['string'], toPascalCase),
  wrap: fixed(['int', 'string'], (length, text) => wrapText(text, Number(length), { line: '\n', breaksWords: false })),
  wrapWith: fixed(['int', 'string', 'string'], (length, line, text) => wrapText(text, Number(length), { line: line === '' ? '\n' : line, breaksWords: true })),
}

function swapCase(text: string): string {
  return text.replace(/\p{L}/gu, (letter) => (goLowerCase(letter) === letter ? goUpperCase(letter) : goLowerCase(letter)))
}

/** goutils.WrapCustom: lines end at spaces; a longer word is broken or stands alone. */
function wrapText(text: string, wanted: number, { line, breaksWords }: { readonly line: string; readonly breaksWords: boolean }): string {
  const length = Math.max(wanted, 1)
  let [wrapped, offset] = ['', 0]
  while (text.length - offset > length) {
    if (text[offset] === ' ') { offset += 1; continue }
    const space = text.slice(offset, offset + length + 1).lastIndexOf(' ')
    const next = space >= 0 || breaksWords ? -1 : text.indexOf(' ', offset + length)
    if (space < 0 && !breaksWords && next < 0) break
    const end = space >= 0 ? offset + space : breaksWords ? offset + length : next
    wrapped += text.slice(offset, end) + line
    offset = space < 0 && breaksWords ? end : end + 1
  }
  return wrapped + text.slice(offset)
}
