import * as z from 'zod'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { EvaluationErrorCode } from '../../model/errors.ts'
import type { PolicyKind } from '../../model/policy-kind.ts'
import { isDay } from '../../report/index.ts'
import { mostShares } from './share.ts'

// What a part of a run says of itself. Whoever reads it may have got it from a stranger: everything that is printed as it stands is held to its form here, and the
// rest is escaped by the formats, as what manifests say is.

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()
const count = z.int().min(0).max(1e9)
const position = z.int().min(0).max(2 ** 31)
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be a code')
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a digest')
const commit = z.string().regex(/^[0-9a-f]{40,64}$/, 'must be a commit')
const jsonValue = z.custom<JsonValue>((value) => value !== undefined, 'must be a value')
const jsonObject = z.custom<JsonObject>((value) => isJsonObject(value as JsonValue | undefined), 'must be an object')
/** Not z.record, which leaves `__proto__` out: it is a name like any other. */
const texts = z.custom<Readonly<Record<string, string>>>((value) => isJsonObject(value as JsonValue | undefined) && Object.values(value as object).every((text) => typeof text === 'string'), 'must be an object of texts')
const optionalText = z.string().exactOptional()

const location = z.strictObject({ file: z.string(), line: position, column: position })
const fieldPath = list(z.union([z.string(), z.int()]))
const problem = z.strictObject({ code, severity: z.enum(['error', 'warning']), message: z.string(), location: location.exactOptional(), policy: optionalText, rule: optionalText })
const problems = list(problem)

const resource = z.strictObject({
  id: z.strictObject({ group: z.string(), version: z.string(), kind: z.string(), namespace: optionalText, name: z.string() }),
  source: location.exactOptional(), origin: optionalText, application: optionalText,
  object: jsonObject,
  places: list(z.strictObject({ path: fieldPath, location })),
})

const kindOfPolicy = z.custom<PolicyKind>((value) => typeof value === 'string' && /^[A-Z][A-Za-z]{2,63}$/.test(value), 'must be a kind of policy')
const policy = z.strictObject({ kind: kindOfPolicy, name: z.string(), namespace: optionalText, source: location.exactOptional(), annotations: texts })

const violation = z.strictObject({ path: fieldPath, message: z.string(), location: location.exactOptional() })
const missing = z.strictObject({ what: z.string(), hint: z.string() })
const patch = list(z.strictObject({ op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']), path: z.string(), from: optionalText, value: jsonValue.exactOptional() }))
const day = z.string().refine(isDay, 'must be a day, YYYY-MM-DD')

/** Policies and resources are told by their place in the tables of the findings: many results share one. */
const common = {
  policy: count, rule: z.string(), ruleType: z.enum(['validate', 'mutate', 'generate', 'verifyImages', 'delete']), resource: count, failureAction: z.enum(['Audit', 'Enforce']),
  ruleLocation: location.exactOptional(), message: z.string(), exceptions: list(z.string()).exactOptional(), properties: texts.exactOptional(), missing: list(missing).exactOptional(),
}
const errorCode = z.custom<EvaluationErrorCode>((value) => code.safeParse(value).success, 'must be a code')
const result = z.discriminatedUnion('status', [
  z.strictObject({
    ...common, status: z.literal('pass'), changes: patch.exactOptional(),
    targets: list(z.strictObject({ before: count, after: count, changes: patch })).exactOptional(), generated: list(count).exactOptional(),
  }),
  z.strictObject({ ...common, status: z.enum(['fail', 'warn']), violations: z.tuple([violation], violation).readonly() }),
  z.strictObject({ ...common, status: z.literal('error'), error: z.strictObject({ code: errorCode, message: z.string(), policyPath: fieldPath.exactOptional(), resourcePath: fieldPath.exactOptional(), missing: missing.exactOptional() }) }),
  z.strictObject({ ...common, status: z.literal('skip') }),
])

const baseline = z.strictObject({
  file: z.string(),
  entries: list(z.strictObject({
    fingerprint: z.string(), rule: z.string(), resource: z.string(), path: z.string().optional(), count: z.int().min(1).optional(), reason: z.string().optional(), until: day.optional(), location: location.exactOptional(),
  })),
})

const findings = z.strictObject({
  sources: list(z.strictObject({ path: z.string(), type: z.string(), application: optionalText, resourceCount: count })),
  policies: list(policy), resourceCount: count, notices: list(z.string()), partialKinds: list(z.string()),
  problems: z.strictObject({ rendering: problems, schemas: list(z.strictObject({ at: count, items: problems })), policies: problems }),
  annotated: list(resource),
  suppressions: z.strictObject({ baseline: baseline.exactOptional(), problems, today: z.union([day, z.literal('')]), partial: z.boolean() }),
  policyTable: list(policy), resourceTable: list(resource),
  results: list(z.strictObject({ at: count, items: list(result) })),
})

const change = z.strictObject({ id: resource.shape.id, kind: z.enum(['added', 'removed', 'changed']), diff: z.string() })

export const shardApiVersion = 'presync.dev/v1'

/** What tells whether a document can be read at all; the rest differs between versions. */
export const shardHeadSchema = z.looseObject({ apiVersion: z.literal(shardApiVersion), kind: z.literal('Shard'), tool: z.looseObject({ version: z.string() }) })

/** What `presync check --shard` writes. */
export const shardSchema = z.strictObject({
  apiVersion: z.literal(shardApiVersion), kind: z.literal('Shard'), metadata: z.strictObject({ name: z.string() }),
  tool: z.strictObject({ name: z.literal('presync'), version: z.string() }),
  share: z.strictObject({ index: z.int().min(1).max(mostShares), count: z.int().min(1).max(mostShares) }).refine(({ index, count: all }) => index <= all, 'there is no such share'),
  run: z.strictObject({ commit: commit.exactOptional(), options: z.record(z.string(), digest), policies: digest, resources: digest }),
  gate: z.strictObject({ mode: z.enum(['policy', 'audit', 'enforce']), failOn: z.enum(['block', 'fail', 'warn', 'never']), strict: z.boolean() }),
  configuration: z.strictObject({ file: optionalText, problems }),
  head: findings,
  base: z.strictObject({ ref: z.string(), commit, notices: list(z.string()), changes: list(change).exactOptional(), findings }).exactOptional(),
  excerpts: list(z.strictObject({ file: z.string(), lines: list(z.tuple([z.int().min(1).max(2 ** 31), z.string()]).readonly()) })),
})

/** A part of a run as it is written down. */
export type ShardDocument = z.infer<typeof shardSchema>
export type EncodedFindings = ShardDocument['head']
export type EncodedResult = EncodedFindings['results'][number]['items'][number]
export type EncodedResource = EncodedFindings['resourceTable'][number]
