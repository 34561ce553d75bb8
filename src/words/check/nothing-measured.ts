import type { NothingMeasured } from '../../core/compare/nothing-measured.ts';

type Remedy = 'raise-budget' | 'look-at-log' | 'measure-again';

const REMEDIES: Readonly<Record<Remedy, string>> = {
  'raise-budget': 'maxUsd stopped it, so raise that',
  'look-at-log': "look at the function's log",
  'measure-again': 'measure again once it works',
};

/**
 * Says that nothing could be measured, and of which side.
 *
 * @param remedy what helps
 */
export function nothingMeasuredText(found: readonly NothingMeasured[], remedy: Remedy): string {
  const sides = found.map(({ side, function: name, outcomes }) => {
    const ended = outcomes.map(({ outcome, count }) => `${count} ${outcome}`).join(', ');
    return `${side} (${name}): ${ended === '' ? 'none at all' : ended}`;
  });
  const which = found.length > 1 ? 'both sides' : `the ${found[0]?.side ?? 'function'}`;
  return `Measure ${which}: wanted warm invocations that end well, got of the ${sides.join(', of the ')}. A failed measurement is no pass: ${REMEDIES[remedy]}.`;
}
