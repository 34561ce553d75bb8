/** Stands for every number that was not measured. Never 0, never empty. */
export const MISSING = '–';

/** True for a number that can be shown; results from elsewhere may hold anything. */
export function isShown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
