/**
 * What a run of 6 sizes × 10 invocations takes where updates of $LATEST and published versions take their time,
 * as on AWS, and for how long $LATEST is changed; beside aws-lambda-power-tuning 4.4 for the same, whose seconds
 * were measured by playing its own handlers and state machine against an endpoint with the same delays. The
 * function is recorded and answers at once: what is left is waiting. Exits 1 when a run takes longer than the
 * peer's.
 *
 *     npm run bench:slow-updates
 */
import { lambdaDeps } from '../src/aws/lambda-deps.ts';
import type { Result } from '../src/contract/tune/result.ts';
import { readRecording, recordedHost, startLambdaEndpoint } from '../src/emulator/index.ts';
import { playTune } from '../src/play/play-tune.ts';

const SIZES = [128, 256, 512, 1024, 1769, 3008];
const INVOCATIONS = 10;

const CASES = [
  { name: 'updates 0.8 s', updateDelayMs: 800, publishDelayMs: 0, peerSeconds: 7.5 },
  { name: 'versions 1.5 s', updateDelayMs: 0, publishDelayMs: 1500, peerSeconds: 5.5 },
  { name: 'both', updateDelayMs: 800, publishDelayMs: 1500, peerSeconds: 12.5 },
] as const;

async function run(delays: { updateDelayMs: number; publishDelayMs: number }) {
  const recording = readRecording({
    name: 'flat',
    memory: { '128': { warmMs: [100] }, '3008': { warmMs: [100] } },
  });
  if (recording.kind === 'invalid') throw new Error(recording.problems.join('\n'));
  const endpoint = await startLambdaEndpoint({
    ...delays,
    functions: [
      {
        name: 'flat',
        host: recordedHost(recording.recording, { seed: 1 }),
        memoryMb: 512,
        timeoutSeconds: 30,
        architecture: 'x86_64',
        runtime: 'nodejs22.x',
      },
    ],
  });
  const { close, ...world } = lambdaDeps({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const startedAt = performance.now();
  const played = await playTune({
    input: { function: 'flat', memorySizes: SIZES, invocations: INVOCATIONS },
    world: { ...world, onProgress: () => undefined },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  close();
  await endpoint.close();
  if (played.kind !== 'done') throw new Error(JSON.stringify(played));
  const { spent } = played.output as unknown as Result;
  return { seconds, spent };
}

// The first run of a process also loads and compiles; this one is what nothing but the machine takes.
const { seconds: loading } = await run({ updateDelayMs: 0, publishDelayMs: 0 });
const { seconds: nothing } = await run({ updateDelayMs: 0, publishDelayMs: 0 });
console.log(
  `no delays       powerdial ${nothing.toFixed(1)} s (${loading.toFixed(1)} s the first time)`,
);
for (const { name, peerSeconds, ...delays } of CASES) {
  const { seconds, spent } = await run(delays);
  const changed = spent.latestChangedSeconds ?? null;
  console.log(
    `${name.padEnd(15)} powerdial ${seconds.toFixed(1)} s, $LATEST changed for ${changed === null ? '?' : changed.toFixed(1)} s, ${spent.stateTransitions} transitions; aws-lambda-power-tuning 4.4 ${peerSeconds.toFixed(1)} s`,
  );
  if (seconds > peerSeconds) process.exitCode = 1;
}
