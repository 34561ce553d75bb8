/** What carries the index of the payload that it was invoked with. */
interface OfPayload {
  readonly payload: number;
}

/**
 * Tells what each value counts for, so that payloads have the shares of their weights however often they were
 * drawn: the share that is wanted ÷ the share that was drawn, 1 on average. Payloads without a value are left
 * out, and the others share what they would have counted for.
 *
 * @param weights of the payloads; with fewer than two of them every value counts for 1
 */
export function valueWeights(
  values: readonly OfPayload[],
  weights: readonly number[],
): readonly number[] {
  if (weights.length < 2) return values.map(() => 1);
  const drawn = new Map<number, number>();
  for (const { payload } of values) drawn.set(payload, (drawn.get(payload) ?? 0) + 1);
  const seen = [...drawn.keys()].reduce((sum, payload) => sum + (weights[payload] ?? 0), 0);
  if (!(seen > 0)) return values.map(() => 1);
  return values.map(({ payload }) => {
    const share = (weights[payload] ?? 0) / seen;
    return (share * values.length) / (drawn.get(payload) ?? 1);
  });
}

/** The values of one payload, and the share of invocations that have it. */
export interface Stratum<Value> {
  readonly payload: number;
  /** The shares of all strata add up to 1. */
  readonly share: number;
  readonly values: readonly Value[];
}

/** Weighed values by their payloads, in the order of these. */
export function strataOf<Value extends OfPayload & { readonly weight: number }>(
  values: readonly Value[],
): readonly Stratum<Value>[] {
  const [first] = values;
  if (first === undefined) return [];
  if (values.every(({ payload }) => payload === first.payload)) {
    return [{ payload: first.payload, share: 1, values }];
  }
  const byPayload = new Map<number, Value[]>();
  for (const value of values) {
    const own = byPayload.get(value.payload);
    if (own === undefined) byPayload.set(value.payload, [value]);
    else own.push(value);
  }
  const sum = (own: readonly Value[]): number =>
    own.reduce((total, each) => total + each.weight, 0);
  const total = sum(values);
  return [...byPayload]
    .toSorted(([a], [b]) => a - b)
    .map(([payload, own]) => ({ payload, share: sum(own) / total, values: own }));
}
