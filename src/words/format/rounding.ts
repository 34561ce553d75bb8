/** Beyond this, digits after the point would be invented and a plain number unreadable. */
const LARGEST_PLAIN = 1e12;

const SMALLEST_GROUPED = 10_000;

function exponentOf(value: number): number {
  return Math.floor(Math.log10(Math.abs(value)));
}

function clampDecimals(decimals: number, maxDecimals: number): number {
  return Math.min(Math.max(decimals, 0), maxDecimals);
}

/**
 * Tells how many decimals a value deserves. With an uncertainty: as many as show its first significant digit,
 * one more where that digit is 1 (rounding 1.4 to 1 would lose a third of it). Without one: three significant
 * digits.
 */
export function decimalsFor(
  value: number,
  uncertainty: number | null,
  maxDecimals: number,
): number {
  if (uncertainty !== null && uncertainty > 0) {
    const exponent = exponentOf(uncertainty);
    const beginsWithOne = uncertainty / 10 ** exponent < 2;
    return clampDecimals((beginsWithOne ? 1 : 0) - exponent, maxDecimals);
  }
  if (value === 0) return 0;
  // Of the rounded value: 99.96 is 100, not 100.0.
  return clampDecimals(2 - exponentOf(Number(value.toPrecision(3))), maxDecimals);
}

/** Returns the number with that many decimals, thousands set apart from 10,000 on. */
export function fixedText(value: number, decimals: number): string {
  if (Math.abs(value) >= LARGEST_PLAIN) return value.toExponential(2);
  const digits = value.toFixed(decimals);
  if (Math.abs(value) < SMALLEST_GROUPED)
    return Number(digits) === 0 ? zeroText(value, decimals) : digits;
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** What rounds to nothing and is not nothing says so; and there is no "-0". */
function zeroText(value: number, decimals: number): string {
  if (value === 0) return '0';
  const smallest = (10 ** -decimals).toFixed(decimals);
  return value > 0 ? `<${smallest}` : `>-${smallest}`;
}

/** Rounds away from zero, so that no interval is shown narrower than it is. */
export function fixedUpText(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const scaled = value * scale;
  // 0.07 * 100 is 7.000000000000001: what floating point added is not uncertainty.
  const up = Number.isFinite(scaled) ? Math.ceil(scaled - scaled * 1e-12) / scale : value;
  return fixedText(up, decimals);
}
