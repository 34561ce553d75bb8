import { readFile } from 'node:fs/promises';
import { readRecording, recordedHost, type Recording } from '../../emulator/index.ts';
import { UsageError } from '../shared/usage-error.ts';
import { parseJson } from '../shared/read-json.ts';
import { CountingClock } from './counting-clock.ts';
import { openEmbedded, type EmbeddedFunctionFacts } from './open-embedded.ts';
import type { OpenedTarget } from './opened-target.ts';
import { readSetting } from './read-quantities.ts';
import type { TargetOptions } from './target-options.ts';
import { messageOf, systemCodeOf } from '../../contract/shared/thrown.ts';

const DEFAULT_MEMORY_MB = 512;
const DEFAULT_TIMEOUT_SECONDS = 60;

/** Returns a recorded function behind the embedded endpoint. */
export async function openRecorded(
  file: string,
  options: TargetOptions,
  stop: AbortSignal,
): Promise<OpenedTarget> {
  const facts = await recordedFunction(file, options);
  return openEmbedded({ ...facts, clock: new CountingClock() }, stop);
}

/**
 * Returns a recorded function as an embedded one.
 *
 * @throws {UsageError}
 */
export async function recordedFunction(
  file: string,
  options: Pick<TargetOptions, 'current' | 'region' | 'seed'>,
): Promise<EmbeddedFunctionFacts> {
  const recording = await readRecordingFile(file);
  const setting =
    options.current === undefined
      ? {
          memoryMb: defaultMemoryMb(recording),
          timeoutSeconds: recording.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
        }
      : currentSetting(options.current);
  const seed = options.seed === undefined ? 1 : Number(options.seed);
  const host = recordedHost(recording, { seed });
  const refusal = host.refuses(setting.memoryMb);
  if (refusal !== null) {
    throw new UsageError([
      `--current: wanted a recorded size, it is ${setting.memoryMb} MB; ${refusal}`,
    ]);
  }
  return {
    name: recording.name,
    host,
    architecture: recording.architecture,
    runtime: 'provided.al2023',
    ...setting,
    region: options.region ?? 'us-east-1',
    seed,
  };
}

function currentSetting(text: string): { memoryMb: number; timeoutSeconds: number } {
  const read = readSetting('--current', text);
  if (read.kind === 'problem') throw new UsageError([read.problem]);
  return read.value;
}

/** 512 MB as for a local handler; where it was not recorded, the recorded size next to it. */
function defaultMemoryMb({ sizes }: Recording): number {
  const recorded = sizes.map(({ memoryMb }) => memoryMb);
  const [least = DEFAULT_MEMORY_MB] = recorded;
  return Math.max(least, Math.min(recorded.at(-1) ?? least, DEFAULT_MEMORY_MB));
}

async function readRecordingFile(file: string): Promise<Recording> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = systemCodeOf(error) === 'ENOENT';
    throw new UsageError([
      `--recorded: cannot read ${file}: ${missing ? 'there is no such file' : String(error)}`,
    ]);
  }
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    throw new UsageError([`--recorded: wanted JSON in ${file}: ${messageOf(error)}`]);
  }
  const read = readRecording(json);
  if (read.kind === 'invalid') {
    throw new UsageError(read.problems.map((problem) => `${file}: ${problem}`));
  }
  return read.recording;
}
