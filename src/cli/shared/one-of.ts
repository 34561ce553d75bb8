import { InvalidArgumentError, type Option } from 'commander';
import { nearest } from '../../contract/shared/nearest.ts';

/** Tells what is wrong with a word that is none of those which an option takes, with the nearest of them. */
export function wantedOneOf(option: string, choices: readonly string[], given: string): string {
  return `${option}: wanted ${choices.join(', ')}, it is ${JSON.stringify(given)}${meantText(given, choices)}`;
}

/**
 * Returns an option of the command line that takes one of these words; a mistyped one is answered with the
 * nearest.
 */
export function oneOf(option: Option, choices: readonly string[]): Option {
  return option.choices(choices).argParser((given: string) => {
    if (choices.includes(given)) return given;
    throw new InvalidArgumentError(
      `Allowed choices are ${choices.join(', ')}${meantText(given, choices)}`,
    );
  });
}

function meantText(given: string, choices: readonly string[]): string {
  const meant = nearest(given, choices);
  return meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`;
}
