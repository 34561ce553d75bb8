/** Three significant digits, without an exponent in the range people read. */
export function digits(value: number): string {
  if (value === 0) return '0';
  // Of the rounded value: 99.96 is 100, not 100.0.
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))));
  return value.toFixed(Math.min(8, Math.max(0, 2 - magnitude)));
}

export function millisecondsText(ms: number): string {
  if (ms >= 10_000) return `${digits(ms / 1000)} s`;
  return `${digits(ms)} ms`;
}

/** A price as AWS bills it, with the code of its currency. */
export function moneyText(amount: number, currency: string): string {
  return `${digits(amount)} ${currency}`;
}

/** A fraction as whole per cent, with one decimal below ten. */
export function percentText(fraction: number): string {
  const percent = Math.abs(fraction) * 100;
  return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
}
