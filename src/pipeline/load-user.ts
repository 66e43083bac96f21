// Kyverno: cmd/cli/kubectl-kyverno/userinfo (cli.kyverno.io/v1alpha1, kind UserInfo: a RequestInfo)

import { resolve } from 'node:path'
import { parseManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { UserInfo } from '../model/resource.ts'
import type { SourceTexts } from './source-texts.ts'

/** Reads who applies the resources from a UserInfo file. */
export function loadUser(file: string, { cwd, texts }: { readonly cwd: string; readonly texts: SourceTexts }): { readonly user?: UserInfo; readonly problems: readonly Problem[] } {
  try {
    const { documents, problems } = parseManifests(texts.read(resolve(cwd, file), file), file)
    const wrong = problems.filter(({ code, severity }) => severity === 'error' && code !== 'RESOURCE_WITHOUT_NAME')
    const document = documents[0]
    if (wrong.length > 0 || document === undefined) return { problems: wrong.length > 0 ? wrong : [invalid(`${file} is empty`)] }
    const { value } = document
    if (!isJsonObject(value) || value['kind'] !== 'UserInfo') return { problems: [{ ...invalid('a file for --userinfo has `kind: UserInfo`'), location: document.source }] }
    return { user: readUser(value), problems: [] }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}

/** The fields of Kyverno's RequestInfo. */
export function readUser(object: JsonObject): UserInfo {
  const info = isJsonObject(object['userInfo']) ? object['userInfo'] : {}
  const extra = isJsonObject(info['extra']) ? Object.entries(info['extra']).map(([key, value]) => [key, texts(value)] as const) : []
  return {
    ...(typeof info['username'] === 'string' ? { username: info['username'] } : {}),
    ...(typeof info['uid'] === 'string' ? { uid: info['uid'] } : {}),
    ...(isJsonArray(info['groups']) ? { groups: texts(info['groups']) } : {}),
    ...(extra.length > 0 ? { extra: Object.fromEntries(extra) } : {}),
    ...(isJsonArray(object['roles']) ? { roles: texts(object['roles']) } : {}),
    ...(isJsonArray(object['clusterRoles']) ? { clusterRoles: texts(object['clusterRoles']) } : {}),
  }
}

function texts(value: JsonValue): readonly string[] {
  return isJsonArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

function invalid(message: string): Problem {
  return { code: 'INVALID_VALUES', severity: 'error', message }
}
