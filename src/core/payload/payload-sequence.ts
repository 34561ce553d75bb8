import { shuffle, type Random } from '../../contract/shared/random.ts';

/**
 * `count` payload indices in random order, each as often as its weight says to within one (systematic
 * sampling), and each at least once where there are as many draws as payloads: a mean that lacks a rare
 * payload is wrong by all that the payload takes. What the minimum does to the shares of few draws, weights
 * put right afterwards (`payload-weights.ts`).
 *
 * @param coldFirst draws that new environments will probably serve: in no first draw of so many is a payload
 *   drawn for the only time, as far as others are drawn more than once
 */
export function payloadSequence(
  count: number,
  weights: readonly number[],
  random: Random,
  coldFirst = 0,
): readonly number[] {
  const systematic = systematicSample(count, weights, random);
  if (weights.length < 2 || count < weights.length) return shuffle(systematic, random);
  const counts = withEach(weights.map((_, payload) => countOf(systematic, payload)));
  const spare = counts.flatMap((drawn, payload) => new Array<number>(drawn - 1).fill(payload));
  const mixed = shuffle(spare, random);
  const first = mixed.slice(0, coldFirst);
  const rest = [...mixed.slice(coldFirst), ...weights.keys()];
  return [...first, ...shuffle(rest, random)];
}

function systematicSample(
  count: number,
  weights: readonly number[],
  random: Random,
): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const offset = random();
  const sequence: number[] = [];
  let payload = 0;
  let reached = weights[0] ?? total;
  for (let index = 0; index < count; index++) {
    const at = ((index + offset) / count) * total;
    while (at >= reached && payload < weights.length - 1) {
      payload += 1;
      reached += weights[payload] ?? 0;
    }
    sequence.push(payload);
  }
  return sequence;
}

/** What was drawn not once is drawn in place of what was drawn most. */
function withEach(counts: readonly number[]): readonly number[] {
  const found = [...counts];
  for (const [payload, drawn] of counts.entries()) {
    if (drawn > 0) continue;
    const most = found.indexOf(Math.max(...found));
    found[most] = (found[most] ?? 0) - 1;
    found[payload] = 1;
  }
  return found;
}

function countOf(values: readonly number[], wanted: number): number {
  return values.reduce((count, value) => (value === wanted ? count + 1 : count), 0);
}
