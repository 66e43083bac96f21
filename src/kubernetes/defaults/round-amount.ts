// kubernetes pkg/apis/core/v1/defaults.go (SetDefaults_ResourceList)

import { formatQuantity, parseQuantity, roundQuantity } from '../../values/quantity.ts'

const milli = -3

/** An amount of a resource list as the API server keeps it: in whole thousandths. What is no quantity stays as it is. */
export function roundAmount(text: string): string {
  const quantity = parseQuantity(text)
  return quantity === undefined || quantity.exponent >= milli ? text : formatQuantity(roundQuantity(quantity, milli))
}
