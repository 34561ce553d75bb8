import { broughtPackages, locateHandler } from '../../emulator/index.ts';
import { broughtNotices, tmpNotices } from '../shared/handler/handler-surroundings.ts';
import type { CheckOptions } from './check-options.ts';
import type { PlannedCheck } from './plan-check.ts';

/** Tells what is to be said of local handlers before they run, each thing once. */
export async function handlerNotices(
  planned: readonly PlannedCheck[],
  { root }: CheckOptions,
): Promise<readonly string[]> {
  const handlers = planned
    .filter(({ measures, target }) => measures && target.kind === 'local')
    .flatMap(({ target: { base, head } }) => [base, head].flatMap((side) => side?.target ?? []));
  const notices: string[] = [];
  for (const handler of new Set(handlers)) {
    const located = await locateHandler(handler, root);
    if (located.kind === 'problem') continue;
    const { location } = located;
    notices.push(...broughtNotices(broughtPackages(location)), ...tmpNotices(handler, location));
  }
  return [...new Set(notices)];
}
