import { runtimeDates, type RuntimeDates } from './runtime-dates.ts';

/** What the end of its runtime means for a run on a function. */
export type RuntimeEnd =
  | { readonly kind: 'none' }
  /** Deprecated, or near the block. */
  | { readonly kind: 'near'; readonly dates: RuntimeDates }
  /** Updates are blocked before the run would be over: it could publish and then not put back. */
  | { readonly kind: 'blocked'; readonly dates: RuntimeDates };

/** How long before its updates are blocked a runtime is worth a warning. */
const NEAR_MS = 180 * 24 * 3600 * 1000;

/** @param untilMs when the run is over at the latest */
export function runtimeEnd(runtime: string | null, startMs: number, untilMs: number): RuntimeEnd {
  const dates = runtimeDates(runtime);
  if (dates === null) return { kind: 'none' };
  const blockedMs = Date.parse(dates.updateBlocked);
  if (untilMs >= blockedMs) return { kind: 'blocked', dates };
  const isNear = startMs >= Date.parse(dates.deprecated) || startMs >= blockedMs - NEAR_MS;
  return isNear ? { kind: 'near', dates } : { kind: 'none' };
}
