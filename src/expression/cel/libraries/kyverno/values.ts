// kyverno/sdk: cel/libs/hash, math, random, time, transform, user
import { createHash } from 'node:crypto'
import type { JsonObject } from '../../../../model/json.ts'
import { formatCron, readClock, truncateTime, type GoTime } from '../../../../values/time.ts'
import { parseTextGenerator } from '../../../jmespath/random-text.ts'
import { fn, type CallContext, type CelLibrary, type CelMessageType } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { documentType } from '../admission.ts'
import { isMap, mapGet } from '../../values/map.ts'
import { CelMessage, CelTimestamp, failure, type CelValue } from '../../values/value.ts'

const { double, dyn, int, list, map, object, string, timestamp, duration } = celType

const hashRows = (['sha1', 'sha256', 'md5'] as const).flatMap((algorithm) => [algorithm, `hash.${algorithm}`].map((name) =>
  fn(name, [string], string, (text) => createHash(algorithm).update(text).digest('hex'))))

/** Half away from zero, as Go rounds. */
function round(value: number, places: bigint): number {
  const shift = 10 ** Number(places)
  const shifted = value * shift
  return (Math.sign(shifted) * Math.round(Math.abs(shifted))) / shift
}

const mostSteps = 100_000

function random(pattern: string, { lookups }: CallContext): string {
  const generate = parseTextGenerator(pattern)
  if (generate === undefined) throw failure(`cannot make texts for the pattern ${JSON.stringify(pattern)}`)
  let left = mostSteps
  const spend = (steps: number): void => {
    left -= steps
    if (left < 0) throw failure(`the pattern ${JSON.stringify(pattern)} makes too long a text`)
  }
  return generate({ random: () => lookups.random(), spend })
}

const randomRows = ['random', 'random.random'].flatMap((name) => [
  fn(name, [], string, (context) => random('[0-9a-z]{8}', context)),
  fn(name, [string], string, random),
])

const goTime = (value: CelTimestamp): GoTime => ({ nanoseconds: value.nanoseconds, offset: value.offset * 60 })

function toCron(value: CelTimestamp): string {
  const clock = readClock(goTime(value))
  const text = clock === undefined ? undefined : formatCron(goTime(value))
  if (text === undefined) throw failure('the time is out of range')
  return text
}

/** Pairs of objects from two lists: a field of the first names an entry, a field of the second is its value. */
function listObjToMap(keys: readonly CelValue[], values: readonly CelValue[], keyName: string, valueName: string): Record<string, CelValue> {
  if (keys.length !== values.length) throw failure(`listObjToMap must take lists of equal length. list1: ${keys.length}, list2: ${values.length}`)
  const pairs = keys.map((entry, index): [string, CelValue] => {
    const value = values[index]
    if (!isMap(entry) || value === undefined || !isMap(value)) throw failure('object cannot be handled as a map string to any in the value object list')
    const key = mapGet(entry, keyName)
    if (typeof key !== 'string') throw failure('the passed key name cannot be handled as a string in the key object list')
    return [key, mapGet(value, valueName) ?? null]
  })
  return Object.fromEntries(pairs)
}

const accountType: CelType<ServiceAccount> = object<ServiceAccount>('user.ServiceAccount')
const accountMessage: CelMessageType = documentType('user.ServiceAccount', { Name: string, Namespace: string })

/** A service account's name; both parts are empty where the user is none. */
class ServiceAccount extends CelMessage {
  readonly type: CelType = accountType
  readonly name: string
  readonly namespace: string

  constructor(name: string, namespace: string) {
    super()
    this.name = name
    this.namespace = namespace
  }

  get(field: string): CelValue | undefined {
    return field === 'Name' ? this.name : field === 'Namespace' ? this.namespace : undefined
  }

  equals(other: CelValue): boolean {
    return other instanceof ServiceAccount && other.name === this.name && other.namespace === this.namespace
  }

  toJson(): JsonObject {
    return { ...(this.name === '' ? {} : { name: this.name }), ...(this.namespace === '' ? {} : { namespace: this.namespace }) }
  }
}

const accountPrefix = 'system:serviceaccount:'

function parseServiceAccount(user: string): ServiceAccount {
  const name = user.startsWith(accountPrefix) ? user.slice(accountPrefix.length) : ''
  const colon = name.indexOf(':')
  return colon < 0 ? new ServiceAccount('', '') : new ServiceAccount(name.slice(colon + 1), name.slice(0, colon))
}

export const hash: CelLibrary = { name: 'hash', summary: 'Digests of texts', functions: hashRows }

export const rounding: CelLibrary = { name: 'rounding', summary: 'Rounding to decimal places', functions: [fn('math.round', [double, int], double, round)] }

export const randomText: CelLibrary = { name: 'random', summary: 'Random texts by a pattern', functions: randomRows }

export const time: CelLibrary = {
  name: 'time',
  summary: 'The time of the run; truncation; cron texts',
  functions: [
    fn('time.now', [], timestamp, ({ lookups }) => new CelTimestamp(BigInt(Math.trunc(lookups.now)) * 1_000_000n)),
    fn('time.truncate', [timestamp, duration], timestamp, (value, { nanoseconds }) => new CelTimestamp(truncateTime(goTime(value), nanoseconds).nanoseconds, value.offset)),
    fn('time.toCron', [timestamp], string, toCron),
  ],
}

export const transform: CelLibrary = {
  name: 'transform',
  summary: 'Lists of objects made into maps',
  functions: ['listObjToMap', 'transform.listObjToMap'].map((name) => fn(name, [list(dyn), list(dyn), string, string], map(dyn, dyn), listObjToMap)),
}

export const user: CelLibrary = {
  name: 'user',
  summary: 'Names of service accounts taken apart',
  functions: ['parseServiceAccount', 'user.parseServiceAccount'].map((name) => fn(name, [string], accountType, parseServiceAccount)),
  findMessageType: (name) => (name === accountMessage.name ? accountMessage : undefined),
}
