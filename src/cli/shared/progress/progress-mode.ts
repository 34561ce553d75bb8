/** `live`: lines that rewrite themselves; `plain`: one line an event; `quiet`: warnings alone. */
export type ProgressMode = 'live' | 'plain' | 'quiet';

/** Tells how to show progress: nothing moves where nobody watches, or where somebody said no. */
export function progressMode(
  output: { readonly isTTY: boolean },
  env: Readonly<Record<string, string | undefined>>,
  options: { readonly quiet?: boolean | undefined; readonly color?: boolean | undefined },
): ProgressMode {
  if (options.quiet === true) return 'quiet';
  const isSet = (name: string) => (env[name] ?? '') !== '';
  const plain =
    !output.isTTY ||
    options.color === false ||
    isSet('NO_COLOR') ||
    isSet('CI') ||
    env['TERM'] === 'dumb';
  return plain ? 'plain' : 'live';
}
