import type { HandlerOptions } from './handler-options.ts';

/**
 * Tells what is wrong with `--python` where no handler is in Python.
 *
 * @param runtimes of all handlers that the option could be for
 */
export function idlePython(
  { python }: HandlerOptions,
  runtimes: readonly (string | undefined)[],
): readonly string[] {
  const isIdle = runtimes.length > 0 && !runtimes.some((each) => each?.startsWith('python'));
  return python !== undefined && isIdle
    ? ['--python: it is for handlers in Python, and there is none']
    : [];
}
