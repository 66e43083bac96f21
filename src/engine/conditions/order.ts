/** How two values lie: below 0, 0 or above 0; NaN if they cannot be ordered, which no test accepts. */
export type OrderTest = (order: number) => boolean

/** The four ordering comparisons. */
export const orderTests = {
  greaterThan:         (order) => order > 0,
  greaterThanOrEquals: (order) => order >= 0,
  lessThan:            (order) => order < 0,
  lessThanOrEquals:    (order) => order <= 0,
} as const satisfies Record<string, OrderTest>

/** Orders numbers. The difference would not do: of two infinities it is NaN. */
export function orderNumbers(left: number, right: number): number {
  if (left < right) return -1
  if (left > right) return 1
  return left === right ? 0 : Number.NaN
}
