import { seededRandom, standardNormal } from '../../src/contract/shared/random.ts';
import {
  type FunctionHost,
  logStreamName,
  readRecording,
  recordedHost,
} from '../../src/emulator/index.ts';

/** Recorded durations around a mean, with a spread of 3 %; a memory size that dies says how. */
function recording(meanMs: number, values: number, outcome = 'ok'): unknown {
  const random = seededRandom(1);
  const warmMs = Array.from({ length: values }, () =>
    Math.max(1, meanMs * (1 + 0.03 * standardNormal(random))),
  );
  const size = { warmMs, initMs: [150], maxMemoryUsedMb: 70, outcome };
  return { name: 'recorded', memory: { '128': size, '512': size, '1024': size } };
}

/** A recorded function whose invocations are spread over log streams, as several environments would. */
export function spreadHost(
  meanMs: number,
  options: { outcome?: string; streams?: number; values?: number } = {},
): FunctionHost {
  const read = readRecording(recording(meanMs, options.values ?? 200, options.outcome));
  if (read.kind === 'invalid') throw new Error(read.problems.join('\n'));
  const host = recordedHost(read.recording, { seed: meanMs });
  const startedAtMs = Date.now();
  let count = 0;
  return {
    ...host,
    async invoke(invocation) {
      const environment = String(count++ % (options.streams ?? 8)).padStart(32, '0');
      const reply = await host.invoke(invocation);
      return { ...reply, logStream: logStreamName(invocation.settings, startedAtMs, environment) };
    },
  };
}
