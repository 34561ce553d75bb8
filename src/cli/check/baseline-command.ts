import { quoteArgument } from '../shared/quote-argument.ts';
import type { CheckOptions } from './check-options.ts';

/** What a command that makes a baseline leaves out: how a check is judged, and where its result goes. */
const LEFT_OUT: ReadonlySet<string> = new Set<keyof CheckOptions>([
  'base',
  'saveBaseline',
  'requireBaseline',
  'confirm',
  'failOnInconclusive',
  'falseAlarmRate',
  'json',
  'out',
  'color',
  'dryRun',
  'progress',
  'quiet',
]);

/** Returns the caller's own command with `--save-baseline`, ready for a shell. */
export function baselineCommand(
  functionName: string | undefined,
  options: CheckOptions,
  file: string,
): string {
  const own = Object.entries(options).flatMap(([key, value]: [string, unknown]) => {
    if (LEFT_OUT.has(key) || value === undefined || value === false) return [];
    const option = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === true) return [option];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((each) => [option, quoteArgument(String(each))]);
  });
  const target = functionName === undefined ? [] : [quoteArgument(functionName)];
  return ['powerdial', 'check', ...target, ...own, '--save-baseline', quoteArgument(file)].join(
    ' ',
  );
}
