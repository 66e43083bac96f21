import type { TemplateValue } from '../value.ts'

/** What Go would declare an argument as. `any` takes everything, what is not there too. */
export type ParameterType = 'any' | 'string' | 'int' | 'float' | 'bool' | 'map'

/** A function of templates: the arguments come checked, `int` as `bigint`, `float` as `number`. */
export interface TemplateFunction {
  readonly parameters: readonly ParameterType[]
  /** The type of any number of further arguments. */
  readonly rest?: ParameterType
  call(values: readonly TemplateValue[]): TemplateValue
}

type Typed<Type extends ParameterType> =
  Type extends 'string' ? string : Type extends 'int' ? bigint : Type extends 'float' ? number : Type extends 'bool' ? boolean
  : Type extends 'map' ? Map<string, TemplateValue> : TemplateValue

type TypedAll<Types extends readonly ParameterType[]> = { readonly [Index in keyof Types]: Typed<Types[Index]> }

/** A function of a fixed number of arguments. */
export function fixed<const Types extends readonly ParameterType[]>(parameters: Types, call: (...values: TypedAll<Types>) => TemplateValue): TemplateFunction {
  return { parameters, call: (values) => call(...values as unknown as TypedAll<Types>) }
}

/** A function whose last parameter takes any number of arguments. */
export function variadic<const Types extends readonly ParameterType[], const Rest extends ParameterType>(
  parameters: Types, rest: Rest, call: (first: TypedAll<Types>, rest: readonly Typed<Rest>[]) => TemplateValue,
): TemplateFunction {
  return { parameters, rest, call: (values) => call(values.slice(0, parameters.length) as unknown as TypedAll<Types>, values.slice(parameters.length) as unknown as Typed<Rest>[]) }
}

/** Functions by name. */
export type TemplateFunctions = ReadonlyMap<string, TemplateFunction>
