import type { TextStyle } from '../../report/text-style.ts';

/** What a command writes to that neither asks nor draws. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** The streams of a command, and what may be done with each. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Tells whether colours suit a stream: a terminal that understands them, and nobody who said no. FORCE_COLOR
 * asks for them in a pipe as well, as Node itself takes it (`0` is no); `--no-color` and NO_COLOR come first.
 */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv,
  option: boolean | undefined,
): boolean {
  if (option === false || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['TERM'] === 'dumb') return false;
  // A pipe has no such property at all, and picocolors takes a missing answer for its own guess.
  return stream.isTTY ?? false;
}

/** Tells whether a stream shows more than ASCII: by the locale, as terminals do. */
export function wantsUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] ?? env['LC_CTYPE'] ?? env['LANG'] ?? '';
  return locale === '' || /utf-?8/i.test(locale);
}

/** Returns how text is laid out on standard output. */
export function styleOf(
  { stdout, env }: Pick<Terminal, 'stdout' | 'env'>,
  color: boolean | undefined,
): TextStyle {
  return {
    colour: wantsColour(stdout, env, color),
    unicode: wantsUnicode(env),
    columns: stdout.isTTY ? stdout.columns : 100,
  };
}
