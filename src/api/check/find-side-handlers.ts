import type { LocatedHandler } from '../../emulator/index.ts';
import { UsageError } from '../shared/usage-error.ts';
import {
  readSurroundings,
  type HandlerSurroundings,
} from '../shared/handler/handler-surroundings.ts';
import type { LocalSource } from '../shared/project/local-source.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckedTarget } from './checked-target.ts';
import { locateSide } from './locate-side.ts';

/** What each side runs, and with what around it. */
export interface SideHandler {
  readonly name: 'base' | 'head';
  readonly source: LocalSource | null;
  readonly handler: Extract<LocatedHandler, { readonly kind: 'found' }>;
  readonly surroundings: HandlerSurroundings;
}

/**
 * Finds the handlers of both sides, and reads what stands around them.
 *
 * @throws {UsageError} with everything that is wrong with either side
 */
export async function findSideHandlers(
  target: CheckedTarget,
  options: CheckSettings,
): Promise<readonly SideHandler[]> {
  const sides = [
    ...(target.base === null ? [] : [{ name: 'base' as const, side: target.base }]),
    { name: 'head' as const, side: target.head },
  ];
  const found = await Promise.all(
    sides.map(async ({ name, side }) => {
      const source = side.source ?? null;
      const located = await locateSide(side, options);
      return { name, source, located, surroundings: await readSurroundings(options, source) };
    }),
  );
  const problems = found.flatMap(({ located }) =>
    located.kind === 'problem' ? [`--local: ${located.message}`] : [],
  );
  // The options are the same for both sides, and so is what is wrong with them.
  problems.push(...(found[0]?.surroundings.problems ?? []));
  if (problems.length > 0) throw new UsageError(problems);
  return found.flatMap(({ located, ...each }) =>
    located.kind === 'problem' ? [] : [{ ...each, handler: located }],
  );
}
