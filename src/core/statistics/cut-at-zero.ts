/** Few values make an interval that reaches below 0, where no duration and no cost is. */
export function cutAtZero<T extends number | null | undefined>(low: T): T | 0 {
  return typeof low === 'number' && low < 0 ? 0 : low;
}
