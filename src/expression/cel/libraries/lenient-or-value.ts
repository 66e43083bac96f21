// Kyverno: pkg/cel/compiler/env.go (OrValueCompatEnvOptions)
import { fn, method, type CelLibrary } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { CelOptional } from '../values/value.ts'

const { dyn } = celType

/**
 * Lets `orValue` be called on what is not an optional, and returns it: policies written for older versions of cel-go rely on it. The price is that the
 * type of every `orValue` is dyn.
 */
export const lenientOrValue: CelLibrary = {
  name: 'lenientOrValue',
  summary: '`orValue` on values that are not optional',
  functions: [
    fn('__orValueCompat__', [dyn, dyn], dyn, (value, otherwise) => (value instanceof CelOptional ? value.value ?? (value.value === null ? null : otherwise) : value)),
  ],
  macros: [{
    name: 'orValue',
    isReceiver: true,
    argumentCount: 1,
    expand: ({ target, args, position }) => (target === undefined ? undefined : { kind: 'call', name: '__orValueCompat__', args: [target, ...args], position }),
  }],
}

/** The same as cel-go 0.27 and with it Kubernetes 1.35 have it: types stay precise, and only a value of type dyn may turn out not to be an optional. */
export const dynamicOrValue: CelLibrary = {
  name: 'dynamicOrValue',
  summary: '`orValue` on dynamic values that are not optional',
  functions: [{ ...method('orValue', [dyn, dyn], dyn, (value) => value), isRuntimeOnly: true }],
}
