/** Draws a number in [0, 1), always the same sequence for the same seed. */
export type Random = () => number;

const TWO_32 = 2 ** 32;

/**
 * Returns a generator of its own for each seed and stream: sfc32 (Chris Doty-Humphrey, PractRand), which
 * passes PractRand and TestU01's BigCrush, with its 128 bits of state filled by splitmix32. Not for secrets.
 *
 * @param seed any integer; what counts are its lowest 32 bits
 * @param stream keeps users of one seed apart, so that the order in which they draw does not matter: a name,
 * or a number where all users of a seed are in one place
 */
export function seededRandom(seed: number, stream: number | string = 0): Random {
  const number = typeof stream === 'string' ? hashOf(stream) : stream;
  const mix = splitmix32(seed ^ Math.imul(number, 0x9e3779b1));
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / TWO_32;
  };
  // The author's advice: a dozen steps before the state has mixed.
  for (let step = 0; step < 12; step += 1) next();
  return next;
}

/** FNV-1a (Fowler, Noll and Vo), 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Sebastiano Vigna's SplitMix in 32 bits, with Mark Overton's constants. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

/** Returns a whole number from 0 to `below` − 1, each equally likely (to 1 part in 2^32). */
export function randomIndex(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Returns a copy in random order, every order equally likely (Fisher and Yates, in Durstenfeld's form). */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = randomIndex(random, last + 1);
    const held = copy[last] as T;
    copy[last] = copy[other] as T;
    copy[other] = held;
  }
  return copy;
}

/**
 * Returns an index drawn in proportion to its weight; weights need not add up to 1, and an index of weight 0
 * is never drawn.
 *
 * @throws {RangeError} when no weight is positive
 */
export function weightedIndex(weights: readonly number[], random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) {
    throw new RangeError(
      `Could not draw by weight: wanted a positive weight, current ones are [${weights.join(', ')}].`,
    );
  }
  let left = random() * total;
  let lastPositive = 0;
  for (const [index, weight] of weights.entries()) {
    if (weight <= 0) continue;
    lastPositive = index;
    left -= weight;
    if (left < 0) return index;
  }
  // Rounding can leave a crumb after the last weight.
  return lastPositive;
}

/** Returns a draw from the standard normal distribution, by Box and Muller's transform (1958). */
export function standardNormal(random: Random): number {
  // 1 − u is never 0, so that the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
