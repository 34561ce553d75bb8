import type { Verdict } from '../../contract/tune/result.ts';
import { wantedOneOf } from '../../api/shared/wanted-one-of.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { ProposeOptions } from './propose-options.ts';
import type { ReadResult } from './read-results.ts';

const INCLUDED = ['keep', 'inconclusive'] as const;

export interface ChosenResults {
  readonly results: readonly ReadResult[];
  /** Results that nothing is proposed for, and why: whole sentences. */
  readonly left: readonly string[];
}

/**
 * Leaves out results that are no reason for a change, and refuses emulated ones.
 *
 * @throws {UsageError}
 */
export function chooseResults(
  read: readonly ReadResult[],
  options: Pick<ProposeOptions, 'include' | 'emulated'>,
): ChosenResults {
  const included = readIncluded(options.include);
  const chosen = read.filter(({ result }) => included.has(result.verdict));
  const emulated = chosen.filter(({ result }) => result.emulated);
  if (emulated.length > 0 && options.emulated !== true) {
    throw new UsageError(
      emulated.map(
        ({ file }) =>
          `${file}: it was emulated, and not measured on AWS; --emulated proposes it all the same, and says so`,
      ),
    );
  }
  const left = read
    .filter((each) => !chosen.includes(each))
    .map(
      ({ file, result: { verdict } }) =>
        `Nothing is proposed for ${file}: its verdict is ${verdict} (--include ${verdict} proposes it).`,
    );
  return { results: chosen, left };
}

function readIncluded(text: string | undefined): ReadonlySet<Verdict> {
  const words = text?.split(',').map((each) => each.trim()) ?? [];
  const odd = words.find((word) => !INCLUDED.some((known) => known === word));
  if (odd !== undefined) throw new UsageError([wantedOneOf('--include', INCLUDED, odd)]);
  return new Set<Verdict>(['change', ...INCLUDED.filter((each) => words.includes(each))]);
}
