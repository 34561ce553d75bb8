import type { RunEvent } from '../../../contract/shared/run-event.ts';
import { elapsedText, secondsText } from '../../../words/format/duration.ts';
import { memoryText } from '../../../words/format/memory.ts';
import { amountText, type Currency } from '../../../words/format/money.ts';
import { percentText } from '../../../words/format/percent.ts';
import { fixedText } from '../../../words/format/rounding.ts';
import { plainText, printableText } from '../../../words/plain-text.ts';
import { stageWords } from './stage-words.ts';

function count(many: number, one: string): string {
  return `${fixedText(many, 0)} ${one}${many === 1 ? '' : 's'}`;
}

/** Tells what a handler printed, each line behind its place. */
export function outputLines(event: Extract<RunEvent, { kind: 'output' }>): readonly string[] {
  return event.lines.map((line) => `${event.place} | ${printableText(line).trimEnd()}`);
}

/** Returns an event as one line, `null` where it has nothing to say. Users' text in it is made plain. */
export function eventText(event: RunEvent, currency: Currency): string | null {
  switch (event.kind) {
    case 'run-started':
      return `tuning ${plainText(event.function)}`;
    case 'inspected':
      return `now ${memoryText(event.currentMemoryMb)} and ${secondsText(event.currentTimeoutSeconds)}; at most ${count(event.mostInvocations, 'invocation')} and ${amountText(event.mostUsd, currency)}`;
    case 'round-planned':
      return `round ${event.round}: ${count(event.invocations, 'invocation')} at ${event.memorySizes.join(', ')} MB (${plainText(event.reason).replace(/\.$/, '')})`;
    case 'stage-started':
      return stageWords(plainText(event.stage));
    case 'size-set':
      return `${memoryText(event.memoryMb)} is published (${event.done} of ${event.planned})`;
    case 'size-refused':
      return `${memoryText(event.memoryMb)} was refused: ${plainText(event.reason)}`;
    case 'restored':
      return 'the function has its own configuration again';
    case 'versions-pending': {
      const what = `${count(event.versions, 'version')} still pending`;
      const again = `next look in ${elapsedText(event.waitSeconds)}`;
      return event.to === 'measure'
        ? `${what}, as with SnapStart for minutes; ${again}`
        : `${what}: AWS deletes no version before it is active; ${again}`;
    }
    case 'measuring':
      return `round ${event.round}: ${event.done} of ${event.planned} (${percentText(Math.floor((event.done / Math.max(event.planned, 1)) * 100) / 100)}), ${amountText(event.usd, currency)} so far, now ${memoryText(event.memoryMb)}`;
    case 'stage-failed': {
      const again =
        event.retryInMs === null
          ? 'not tried again'
          : `again in ${elapsedText(event.retryInMs / 1000)}`;
      return `${plainText(event.stage)} failed: ${plainText(event.error)}; ${again}`;
    }
    case 'cleaned-up':
      return `cleaned up: ${count(event.deletedVersions, 'version')} deleted`;
    case 'applied':
      return `applied: ${memoryText(event.memoryMb)} and ${secondsText(event.timeoutSeconds)}`;
    case 'interrupted':
      return 'interrupted: putting the function back, please wait';
    case 'warning':
      return `! ${plainText(event.message)}`;
    case 'output':
    case 'finished':
      return null;
  }
}
