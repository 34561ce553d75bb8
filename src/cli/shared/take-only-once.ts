import { InvalidArgumentError } from 'commander';

/**
 * Reads an option that names one thing, for commander. A second value is refused, where commander would
 * silently take the last one.
 */
export function takeOnlyOnce(value: string, before: string | undefined): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError(`It was given before, with '${before}'; wanted it once.`);
}
