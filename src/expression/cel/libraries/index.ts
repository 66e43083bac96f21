/**
 * The libraries that environments are made of.
 *
 * To add one: a file here that exports a `CelLibrary` (`library.ts`), and a line below. A library is a table: `fn` makes a row for a function and
 * `method` one for a method (its receiver is the first parameter), both with parameter types, result type and implementation; the types are the
 * `celType` constructors and the TypeScript compiler holds the implementation against them. An implementation gets its arguments and then a
 * `CallContext`, whose `lookups` are the only way to the world, the time and randomness. It refuses with `throw failure('message')`.
 * `withCost` gives a row a cost other than 1. A type of one's own is a class that extends `CelOpaque` (`values/value.ts`), a type constant
 * `celType.opaque<Thing>('vendor.Thing')` that is also the class's `type`, and an entry in the library's `typeNames` if expressions may name it.
 * Message types that expressions construct (`Thing{field: value}`) come from `findMessageType`. Macros rewrite the syntax tree (`syntax/macro.ts`).
 */
import type { CelLibrary } from '../library.ts'
import { admission, kyvernoAdmission } from './admission.ts'
import { bindings } from './bindings.ts'
import { comprehensions } from './comprehensions.ts'
import { encoders } from './encoders.ts'
import { authorizer } from './kubernetes/authorizer.ts'
import { format } from './kubernetes/format.ts'
import { cidr, ip } from './kubernetes/network.ts'
import { quantity } from './kubernetes/quantity.ts'
import { semver } from './kubernetes/semver.ts'
import { url } from './kubernetes/url.ts'
import { kubernetesLists } from './kubernetes-lists.ts'
import { kubernetesRegex } from './kubernetes-regex.ts'
import { globalContext, http, resource } from './kyverno/cluster.ts'
import { documents } from './kyverno/documents.ts'
import { generator } from './kyverno/generator.ts'
import { image, imageData } from './kyverno/image.ts'
import { imageVerification } from './kyverno/image-verification.ts'
import { hash, randomText, rounding, time, transform, user } from './kyverno/values.ts'
import { x509 } from './kyverno/x509.ts'
import { dynamicOrValue, lenientOrValue } from './lenient-or-value.ts'
import { lists } from './lists.ts'
import { math } from './math.ts'
import { mutation } from './mutation.ts'
import { optionals } from './optionals.ts'
import { regex } from './regex.ts'
import { sets } from './sets.ts'
import { standard } from './standard/index.ts'
import { strings } from './strings/index.ts'

/** Every library. An environment takes the ones that its kind of policy has. */
export const libraries = {
  standard,
  optionals,
  lenientOrValue,
  dynamicOrValue,
  bindings,
  comprehensions,
  encoders,
  lists,
  math,
  regex,
  sets,
  strings,
  kubernetesLists,
  kubernetesRegex,
  quantity,
  semver,
  ip,
  cidr,
  url,
  format,
  authorizer,
  image,
  imageData,
  documents,
  hash,
  rounding,
  randomText,
  time,
  transform,
  user,
  resource,
  globalContext,
  http,
  x509,
  generator,
  imageVerification,
  admission,
  kyvernoAdmission,
  mutation,
} as const satisfies Record<string, CelLibrary>

/** The names under which libraries are registered. */
export type LibraryName = keyof typeof libraries
