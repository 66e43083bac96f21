// Sprig: crypto.go, date.go, the random texts of strings.go
import { failure } from './failure.ts'
import type { TemplateFunction } from './template-function.ts'

const random = [
  'randAlphaNum', 'randAlpha', 'randAscii', 'randNumeric', 'randInt', 'randBytes', 'shuffle', 'uuidv4', 'bcrypt', 'htpasswd', 'encryptAES', 'decryptAES', 'derivePassword', 'genPrivateKey',
  'genCA', 'genCAWithKey', 'genSelfSignedCert', 'genSelfSignedCertWithKey', 'genSignedCert', 'genSignedCertWithKey', 'buildCustomCert',
] as const

const clock = [
  'now', 'ago', 'date', 'date_in_zone', 'date_modify', 'dateInZone', 'dateModify', 'duration', 'durationRound', 'htmlDate', 'htmlDateInZone', 'must_date_modify', 'mustDateModify', 'mustToDate', 'toDate',
  'unixEpoch',
] as const

/** What depends on chance, secrets or the moment: Argo CD itself would make something else each time, so that no answer of ours were right. */
export const unrepeatable: Readonly<Record<string, TemplateFunction>> = {
  ...refuse(random, 'makes something else each time'), ...refuse(clock, 'depends on the moment'),
}

function refuse(names: readonly string[], why: string): Readonly<Record<string, TemplateFunction>> {
  const call = (): never => { throw failure(`it ${why} and is not evaluated here`) }
  return Object.fromEntries(names.map((name) => [name, { parameters: [], rest: 'any', call }]))
}
