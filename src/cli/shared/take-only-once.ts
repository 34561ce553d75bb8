import { InvalidArgumentError } from 'commander';

/** For an option that names one thing: given again, it is refused, where the last one would count unseen. */
export function takeOnlyOnce(value: string, before: string | undefined): string {
  if (before === undefined) return value;
  throw new InvalidArgumentError(`It was given before, with '${before}'; wanted it once.`);
}
