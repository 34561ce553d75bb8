import { SHAPES, simulateTraffic } from './advice/simulate-traffic.ts';

/**
 * Of 300 functions with known durations, the share whose advised reservation throttles at most 0.1 % of 100,000
 * simulated invocations: `npm run bench:advice`. Results are in docs/model.md.
 */
const FUNCTIONS = 300;
const RATES = [1, 3, 12, 40, 120];

const shares = Array.from({ length: FUNCTIONS }, (_, index) => {
  const [name, sigma] = SHAPES[index % SHAPES.length] ?? SHAPES[0];
  const perSecond = RATES[index % RATES.length] ?? 1;
  return simulateTraffic({ name: `${name}, ${index}`, sigma, perSecond }, 100_000).throttled;
}).toSorted((a, b) => a - b);
const kept = shares.filter((share) => share <= 0.001).length;
const percent = (share: number): string => `${(share * 100).toFixed(3)} %`;
console.log(`at most 0.1 % throttled: ${kept} of ${FUNCTIONS} functions`);
console.log(
  `throttled at the median ${percent(shares[FUNCTIONS / 2] ?? 0)}, at most ${percent(shares.at(-1) ?? 0)}`,
);
