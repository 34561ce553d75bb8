import type { Outcome } from '../../contract/shared/observation.ts';
import { warmOf, type Side } from './side-sample.ts';
import type { Sides } from './judging.ts';

/** A side of which nothing could be measured, and what came in place of it. */
export interface NothingMeasured {
  readonly side: 'base' | 'head';
  readonly function: string;
  /** How its invocations ended, and how many of them did; none where none was made. */
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number }[];
}

/**
 * Returns the sides of which nothing warm ended well: a failed measurement is no pass. A side whose
 * invocations are all cold and end well lacks warm ones only, which its metrics tell by themselves.
 *
 * @param isLast whether nothing more will be measured: a first look may be of cold starts alone
 */
export function nothingMeasured(sides: Sides, isLast: boolean): readonly NothingMeasured[] {
  return (['base', 'head'] as const).flatMap((name) => {
    const side = sides[name];
    if (side === null || !isUnmeasured(side, isLast)) return [];
    return [{ side: name, function: side.facts.function, outcomes: outcomesOf(side) }];
  });
}

function isUnmeasured(side: Side, isLast: boolean): boolean {
  if (warmOf(side.observations).length > 0) return false;
  // A call that never reported back leaves nothing: the next look measures what it did not.
  if (side.observations.length === 0) return isLast;
  const endedWell = side.observations.some(({ outcome }) => outcome === 'ok');
  const endedBadly = side.observations.some(({ outcome }) => outcome !== 'ok');
  return !endedWell || (isLast && endedBadly);
}

function outcomesOf({ observations }: Side): NothingMeasured['outcomes'] {
  const counts = new Map<Outcome, number>();
  for (const { outcome } of observations) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => ({ outcome, count }));
}
