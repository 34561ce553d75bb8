import { createHash } from 'node:crypto';
import type { FunctionDefinition } from '../lambda/function-definition.ts';
import { recordedHost } from './recorded-host.ts';
import type { Recording } from './recording.ts';

export interface RecordedFunctionOptions {
  readonly seed: number;
  /** Before tuning. @default 512, or the recorded size nearest to it */
  readonly memoryMb?: number;
  /** Before tuning. @default the recording's, or 60 */
  readonly timeoutSeconds?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Returns a recording as a function that the embedded endpoint can offer. */
export function recordedFunction(
  recording: Recording,
  options: RecordedFunctionOptions,
): FunctionDefinition {
  const { seed, now } = options;
  return {
    name: recording.name,
    host: recordedHost(recording, now === undefined ? { seed } : { seed, now }),
    memoryMb: options.memoryMb ?? startingMemoryMb(recording),
    timeoutSeconds: options.timeoutSeconds ?? recording.timeoutSeconds ?? 60,
    architecture: recording.architecture,
    runtime: 'provided.al2023',
    handler: 'recorded',
    codeSha256: createHash('sha256').update(JSON.stringify(recording)).digest('base64'),
  };
}

/** 512 MB where the recording reaches that far, else its end that is nearest to it. */
function startingMemoryMb(recording: Recording): number {
  const first = recording.sizes[0]?.memoryMb ?? 512;
  const last = recording.sizes.at(-1)?.memoryMb ?? 512;
  return Math.min(Math.max(512, first), last);
}
