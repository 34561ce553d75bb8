import { textPen } from '../../../report/text/text-pen.ts';
import { JsonProgress } from './json-progress.ts';
import { LiveProgress } from './live-progress.ts';
import type { Output, ProgressClock } from './output.ts';
import { PlainProgress } from './plain-progress.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { progressMode } from './progress-mode.ts';
import { QuietProgress } from './quiet-progress.ts';

/** Progress on a stream as far as it can show it and the user wants it. */
export function createProgress(
  output: Output,
  options: ProgressOptions & {
    readonly unicode: boolean;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly clock: ProgressClock;
  },
): Progress {
  const mode = progressMode(output, options.env, options);
  const pen = textPen({
    // Colours are for displays that are redrawn; plain lines go into logs.
    colour: mode === 'live',
    unicode: options.unicode,
    columns: output.columns || Infinity,
  });
  const verbose = options.verbose === true;
  switch (mode) {
    case 'live':
      return new LiveProgress(output, options.clock, pen, verbose);
    case 'plain':
      return new PlainProgress(output, options.clock, pen, verbose);
    case 'json':
      return new JsonProgress(output, Date.now);
    case 'quiet':
      return new QuietProgress(output, pen);
  }
}
