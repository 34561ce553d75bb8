import type { TaskFunction } from '../../../src/emulator/player/play.ts';

/** Throws errors of these names, one a call, and then succeeds. `none` is a call that succeeds. */
export function failing(names: readonly string[]): TaskFunction {
  let calls = 0;
  return () => {
    const name = names[calls];
    calls += 1;
    if (name === undefined || name === 'none') return Promise.resolve(null);
    return Promise.reject(Object.assign(new Error(`${name} it is`), { name }));
  };
}
