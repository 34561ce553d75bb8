import type { NothingMeasured } from '../../core/compare/nothing-measured.ts';

/**
 * Says that nothing could be measured, and of which side.
 *
 * @param remedy what to do, as a clause
 */
export function nothingMeasuredText(found: readonly NothingMeasured[], remedy: string): string {
  const sides = found.map(({ side, function: name, outcomes }) => {
    const ended = outcomes.map(({ outcome, count }) => `${count} ${outcome}`).join(', ');
    return `${side} (${name}): ${ended === '' ? 'none at all' : ended}`;
  });
  const which = found.length > 1 ? 'both sides' : `the ${found[0]?.side ?? 'function'}`;
  return `Measure ${which}: wanted warm invocations that end well, got of the ${sides.join(', of the ')}. A failed measurement is no pass: ${remedy}.`;
}
