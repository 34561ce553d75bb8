import { gammaln } from 'simple-statistics';

const MAX_TERMS = 5000;
const PRECISE = 1e-15;

/**
 * Returns the regularised lower incomplete gamma function P(a, x): the probability that a gamma variable of
 * shape a is at most x. By its series below the mean (Abramowitz and Stegun 6.5.29), above it by the
 * continued fraction of the rest (6.5.31), with the modified method of Lentz.
 */
export function gammaCdf(x: number, shape: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(shape * Math.log(x) - x - gammaln(shape));
  return x < shape + 1 ? front * series(x, shape) : 1 - front * fraction(x, shape);
}

function series(x: number, shape: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && term > PRECISE * sum; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

function fraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = Infinity;
  let d = 1 / b;
  let result = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    result *= c * d;
    if (Math.abs(c * d - 1) < PRECISE) break;
  }
  return result;
}
