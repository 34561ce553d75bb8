import type { Json } from '../../contract/shared/json.ts';
import { readPayload, type GivenPayload } from '../../api/tune/read-payload.ts';
import {
  readCount,
  readDurationLimit,
  readDays,
  readDurationMs,
  readFraction,
  readMemorySizes,
  readNumber,
  readSeconds,
  type Read,
} from '../../api/tune/read-quantities.ts';
import type { TuneOptions } from './tune-options.ts';

export interface InputFromOptions {
  /** A run's input; only what was given is in it. */
  readonly input: { readonly [key: string]: Json };
  readonly problems: readonly string[];
}

/** Makes a run's input of the command's options. Problems are collected, not thrown one by one. */
export async function inputFromOptions(
  functionName: string,
  options: TuneOptions,
): Promise<InputFromOptions> {
  const problems: string[] = [];
  const take = <T>(read: Read<T> | undefined): T | undefined => {
    if (read?.kind === 'problem') problems.push(read.problem);
    return read?.kind === 'value' ? read.value : undefined;
  };
  const number = (option: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : take(readNumber(option, text));
  const given = await Promise.all((options.payload ?? []).map(readPayload));
  const payloads = given.map(take).filter((each) => each !== undefined);
  if (payloads.length > 1 && payloads.some(({ place }) => place !== null)) {
    problems.push(
      '--payload: wanted one place in S3 and nothing beside it; a list of payloads with weights may be in that object',
    );
  }
  const limits = durationLimits(options, take);
  const maxCost = number('--max-cost', options.maxCost);
  const input = leaveOutUndefined({
    function: functionName,
    ...payloadKeys(payloads),
    memorySizes:
      options.memory === undefined ? undefined : take(readMemorySizes('--memory', options.memory)),
    varyPayload: options.varyPayload,
    allowRepeats: options.allowRepeats,
    allowSmall: options.allowSmall,
    invocations:
      options.invocations === undefined
        ? undefined
        : take(readCount('--invocations', options.invocations)),
    goal: leaveOutUndefined({
      kind: options.goal,
      weight: number('--weight', options.weight),
      tolerance:
        options.tolerance === undefined
          ? undefined
          : take(readFraction('--tolerance', options.tolerance)),
    }),
    limits: leaveOutUndefined({ durationMs: limits, costUsdPerMillion: maxCost }),
    maxUsd: number('--max-usd', options.maxUsd),
    preProcessor: options.preProcessor,
    postProcessor: options.postProcessor,
    pauseMs:
      options.pause === undefined ? undefined : take(readDurationMs('--pause', options.pause)),
    onlyColdStarts: options.onlyColdStarts,
    concurrency: number('--concurrency', options.concurrency),
    coldStarts: number('--cold-starts', options.coldStarts),
    coldShare:
      options.coldShare === undefined
        ? undefined
        : take(readFraction('--cold-share', options.coldShare)),
    measureTimeoutSeconds:
      options.measureTimeout === undefined
        ? undefined
        : take(readSeconds('--measure-timeout', options.measureTimeout)),
    invocationsPerMonth: number('--invocations-per-month', options.invocationsPerMonth),
    invocationsPerSecond: number('--rate', options.rate),
    history: historyKey(options, take),
    ignoreErrors: options.ignoreError,
    seed: number('--seed', options.seed),
    dryRun: options.dryRun,
    apply: applyKey(options),
  });
  return { input: input ?? {}, problems };
}

function payloadKeys(payloads: readonly GivenPayload[]): { [key: string]: Json | undefined } {
  const [first] = payloads;
  if (first === undefined) return {};
  if (first.place !== null) return { payloadS3: first.place };
  return payloads.length === 1 && first.weight === null
    ? { payload: first.payload }
    : { payloads: payloads.map(({ payload, weight }) => ({ payload, weight: weight ?? 1 })) };
}

function durationLimits(
  options: TuneOptions,
  take: <T>(read: Read<T> | undefined) => T | undefined,
): { [key: string]: Json } | undefined {
  const entries = (options.maxDuration ?? [])
    .map((text) => take(readDurationLimit('--max-duration', text)))
    .filter((each) => each !== undefined)
    .map(({ statistic, ms }) => [statistic, ms] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** commander answers `true` where neither `--history` nor `--no-history` is given. */
function historyKey(
  { history }: TuneOptions,
  take: <T>(read: Read<T> | undefined) => T | undefined,
): Json | undefined {
  if (history === undefined || history === true) return undefined;
  if (history === false) return false;
  const days = take(readDays('--history', history));
  return days === undefined ? undefined : { days };
}

function applyKey(options: TuneOptions): Json | undefined {
  const { apply, applyAlias, applyTimeout } = options;
  if (applyAlias !== undefined || applyTimeout === true) {
    return leaveOutUndefined({ alias: applyAlias, timeout: applyTimeout });
  }
  return apply;
}

/** Leaves out what was not given, so that the defaults of the input schema apply; nothing left: nothing. */
function leaveOutUndefined(entries: {
  readonly [key: string]: Json | undefined;
}): { readonly [key: string]: Json } | undefined {
  const given = Object.entries(entries).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
