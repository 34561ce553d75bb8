import { inputSchema } from '../../src/contract/tune/input.ts';
import type { SettledInput } from '../../src/contract/tune/settled-input.ts';
import type { BenchFunction } from './bench-function.ts';

/** An input with every default, settled as Inspect does. */
export function settledInput(
  bench: BenchFunction,
  change: Partial<Omit<SettledInput, 'goal'>> & { readonly goal?: Partial<SettledInput['goal']> },
): SettledInput {
  const { goal, ...rest } = change;
  const {
    seed,
    measureTimeoutSeconds,
    history: _,
    ...defaults
  } = inputSchema.parse({
    function: 'bench',
    ...(goal === undefined ? {} : { goal }),
  });
  return {
    ...defaults,
    seed: seed ?? 1,
    measureTimeoutSeconds: measureTimeoutSeconds ?? Math.max(60, bench.present.timeoutSeconds),
    payloads: [{ sha256: '', bytes: 2, weight: 1 }],
    asynchronous: false,
    ...rest,
  };
}
