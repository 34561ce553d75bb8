import type { CheckEvent } from '../../contract/check/check-event.ts';
import { printableText } from '../../words/plain-text.ts';
import { consoleLink } from '../shared/cloud/console-link.ts';
import { eventLine } from '../shared/progress/event-line.ts';
import type { Terminal } from '../shared/terminal.ts';
import type { CheckOptions } from './check-options.ts';

/** Between two lines about one look, where nothing else happens. */
const LONGEST_SILENCE_MS = 10_000;

/**
 * Shows what a check tells on standard error: for tools every event as a line of JSON, for people a line at the
 * end of each look and now and then in between.
 */
export function checkDisplay(
  { quiet, progress }: Pick<CheckOptions, 'quiet' | 'progress'>,
  { stderr }: Pick<Terminal, 'stderr'>,
): (event: CheckEvent) => void {
  if (progress === 'json') {
    return (event) => {
      stderr.write(eventLine(event, Date.now()));
    };
  }
  let toldMs = performance.now();
  return (event) => {
    switch (event.kind) {
      case 'check-started':
        toldMs = performance.now();
        break;
      case 'measuring':
        if (quiet === true) break;
        if (event.done < event.planned && performance.now() - toldMs < LONGEST_SILENCE_MS) break;
        toldMs = performance.now();
        stderr.write(
          `${event.function}: look ${event.look}, ${event.done} of ${event.planned} invocations\n`,
        );
        break;
      case 'output':
        stderr.write(
          event.lines.map((line) => `${event.place} | ${printableText(line)}\n`).join(''),
        );
        break;
      case 'execution-started': {
        const link = consoleLink(event.executionArn);
        stderr.write(`Started ${event.executionArn}\n${link === null ? '' : `${link}\n`}`);
        break;
      }
      case 'note':
        if (quiet !== true) stderr.write(`${event.message}\n`);
        break;
      case 'warning':
        stderr.write(`${event.message}\n`);
        break;
      case 'checked':
      case 'not-checked':
    }
  };
}
