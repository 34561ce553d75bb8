import { Option } from 'commander';
import { oneOf } from '../one-of.ts';
import { PROGRESS_CHOICES } from './progress-mode.ts';

/** Returns the option that says how the progress of a command is shown. */
export function progressOption(): Option {
  return oneOf(
    new Option(
      '--progress <how>',
      'auto, plain, or json: one event a line on standard error, for tools',
    ),
    PROGRESS_CHOICES,
  );
}
