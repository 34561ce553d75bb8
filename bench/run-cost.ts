/**
 * What a run of 6 sizes × 50 invocations of a 100 ms function costs on AWS, computed from the counts of
 * a run that is really played, beside aws-lambda-power-tuning 4.4 for the same.
 *
 * The peer's counts are those of its source and of runs of its handlers: P sizes enter 3P + 7 states and
 * invoke its own functions 2P + 5 times at 128 MB; with its defaults one function waits for all
 * invocations of a size, one after the other. Ours wait too, at the memory that the construct gives them.
 *
 * npm run bench:run-cost
 */
import { lambdaDeps } from '../src/aws/lambda-deps.ts';
import type { Result } from '../src/contract/tune/result.ts';
import { invocationCostUsd } from '../src/core/cost/invocation-cost.ts';
import { stageCost } from '../src/core/cost/workflow-cost.ts';
import { pricesOf } from '../src/core/cost/prices.ts';
import { readRecording, recordedHost, startLambdaEndpoint } from '../src/emulator/index.ts';
import { playTune } from '../src/play/play-tune.ts';

const SIZES = [128, 256, 512, 1024, 1769, 3008];
const INVOCATIONS = 50;
const DURATION_MS = 100;
const CONCURRENCY = 8;
/** The most memory of a stage function (infra/stage-function.ts) and what one of its calls takes besides waiting. */
const STAGE_MB = 512;
const STAGE_CALL_MS = 300;

const recording = readRecording({
  name: 'flat',
  memory: { '128': { warmMs: [DURATION_MS] }, '3008': { warmMs: [DURATION_MS] } },
});
if (recording.kind === 'invalid') throw new Error(recording.problems.join('\n'));
const host = recordedHost(recording.recording, { seed: 1 });
const endpoint = await startLambdaEndpoint({
  functions: [
    {
      name: 'flat',
      host,
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
let stageCalls = 0;
const played = await playTune({
  input: {
    function: 'flat',
    memorySizes: SIZES,
    invocations: INVOCATIONS,
    concurrency: CONCURRENCY,
  },
  world: { ...world, onProgress: () => undefined },
  signal: new AbortController().signal,
  onEvent: (event) => {
    if (event.kind === 'task-started') stageCalls += 1;
  },
});
close();
await endpoint.close();
if (played.kind !== 'done') throw new Error(JSON.stringify(played));
const { spent } = played.output as unknown as Result;

const prices = pricesOf('us-east-1', 'arm64');
const own = (memoryMb: number, ms: number, calls: number): number =>
  invocationCostUsd(prices, { memoryMb, billedMs: ms, ephemeralStorageMb: 512 }) +
  (calls - 1) * prices.usdPerRequest;
const waitingMs = (SIZES.length * INVOCATIONS * DURATION_MS) / CONCURRENCY;
const ours = {
  transitions: spent.stateTransitions,
  workflow: spent.workflowUsd,
  functions: own(STAGE_MB, stageCalls * STAGE_CALL_MS + waitingMs, stageCalls),
  target: spent.usd,
};
const peerTransitions = 3 * SIZES.length + 7;
const peerCalls = 2 * SIZES.length + 5;
const peer = {
  transitions: peerTransitions,
  workflow: peerTransitions * prices.usdPerStateTransition,
  functions: own(
    128,
    peerCalls * STAGE_CALL_MS + SIZES.length * INVOCATIONS * DURATION_MS,
    peerCalls,
  ),
  // The same invocations without our trial, as the peer makes none.
  target: (spent.usd * SIZES.length * INVOCATIONS) / spent.invocations,
};
for (const [name, cost] of Object.entries({
  powerdial: ours,
  'aws-lambda-power-tuning 4.4': peer,
})) {
  const total = cost.workflow + cost.functions + cost.target;
  const usd = (value: number): string => value.toFixed(6);
  console.log(
    `${name.padEnd(28)} ${cost.transitions} transitions ${usd(cost.workflow)} + own functions ${usd(cost.functions)} + target ${usd(cost.target)} = ${usd(total)} USD`,
  );
}
// What a deployed run says of its own functions is an upper estimate: one at work for the whole time.
const lambda = { memoryMb: STAGE_MB, architecture: 'arm64', region: 'us-east-1' } as const;
for (const [what, seconds] of [
  [
    'this run, were its functions at work all the time',
    (stageCalls * STAGE_CALL_MS + waitingMs) / 1000,
  ],
  ['a full call of Measure', 900],
] as const) {
  const { gbSeconds, usd } = stageCost(lambda, seconds);
  console.log(`${what}: ${gbSeconds.toFixed(1)} GB-seconds, ${usd.toFixed(6)} USD`);
}
