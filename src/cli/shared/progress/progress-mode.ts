/** `live`: lines that rewrite themselves; `plain`: one line an event; `quiet`: warnings alone; `json`: for tools. */
export type ProgressMode = 'live' | 'plain' | 'quiet' | 'json';

/** What `--progress` takes. */
export const PROGRESS_CHOICES: readonly string[] = ['auto', 'plain', 'json'];

/** Tells how to show progress: nothing moves where nobody watches, or where somebody said no. */
export function progressMode(
  output: { readonly isTTY: boolean },
  env: Readonly<Record<string, string | undefined>>,
  options: {
    readonly quiet?: boolean | undefined;
    readonly color?: boolean | undefined;
    readonly progress?: string | undefined;
  },
): ProgressMode {
  if (options.progress === 'json') return 'json';
  if (options.quiet === true) return 'quiet';
  const isSet = (name: string) => (env[name] ?? '') !== '';
  const plain =
    !output.isTTY ||
    options.progress === 'plain' ||
    options.color === false ||
    isSet('NO_COLOR') ||
    isSet('CI') ||
    env['TERM'] === 'dumb';
  return plain ? 'plain' : 'live';
}
