import { InvalidArgumentError, type Option } from 'commander';
import { meantText } from '../../api/shared/wanted-one-of.ts';

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
