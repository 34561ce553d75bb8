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

/** Keys of the input; `undefined` stands for what was not given. */
interface GivenKeys {
  readonly [key: string]: Json | undefined;
}

/** Takes what was read; a problem is put aside, and what it was about counts as not given. */
type Take = <T>(read: Read<T> | undefined) => T | undefined;

/** Makes a run's input of the command's options. Problems are collected, not thrown one by one. */
export async function inputFromOptions(
  functionName: string,
  options: TuneOptions,
): Promise<InputFromOptions> {
  const problems: string[] = [];
  const take: Take = (read) => {
    if (read?.kind === 'problem') problems.push(read.problem);
    return read?.kind === 'value' ? read.value : undefined;
  };
  const given = await Promise.all((options.payload ?? []).map(readPayload));
  const payloads = given.map(take).filter((each) => each !== undefined);
  if (payloads.length > 1 && payloads.some(({ place }) => place !== null)) {
    problems.push(
      '--payload: wanted one place in S3 and nothing beside it; a list of payloads with weights may be in that object',
    );
  }
  const input = leaveOutUndefined({
    function: functionName,
    ...payloadKeys(payloads),
    ...answerKeys(options, take),
    ...measureKeys(options, take),
    dryRun: options.dryRun,
    apply: applyKey(options),
  });
  return { input: input ?? {}, problems };
}

/** Says which sizes may be the answer, and what is wanted of it. */
function answerKeys(options: TuneOptions, take: Take): GivenKeys {
  return {
    memorySizes: readIfGiven('--memory', options.memory, readMemorySizes, take),
    allowSmall: options.allowSmall,
    goal: leaveOutUndefined({
      kind: options.goal,
      weight: readIfGiven('--weight', options.weight, readNumber, take),
      tolerance: readIfGiven('--tolerance', options.tolerance, readFraction, take),
    }),
    limits: leaveOutUndefined({
      durationMs: durationLimits(options, take),
      costUsdPerMillion: readIfGiven('--max-cost', options.maxCost, readNumber, take),
    }),
    invocationsPerMonth: readIfGiven(
      '--invocations-per-month',
      options.invocationsPerMonth,
      readNumber,
      take,
    ),
    invocationsPerSecond: readIfGiven('--rate', options.rate, readNumber, take),
    coldShare: readIfGiven('--cold-share', options.coldShare, readFraction, take),
    history: historyKey(options, take),
  };
}

/** Says what is measured, how often, and with what around it. */
function measureKeys(options: TuneOptions, take: Take): GivenKeys {
  return {
    varyPayload: options.varyPayload,
    allowRepeats: options.allowRepeats,
    invocations: readIfGiven('--invocations', options.invocations, readCount, take),
    maxUsd: readIfGiven('--max-usd', options.maxUsd, readNumber, take),
    preProcessor: options.preProcessor,
    postProcessor: options.postProcessor,
    pauseMs: readIfGiven('--pause', options.pause, readDurationMs, take),
    onlyColdStarts: options.onlyColdStarts,
    concurrency: readIfGiven('--concurrency', options.concurrency, readNumber, take),
    coldStarts: readIfGiven('--cold-starts', options.coldStarts, readNumber, take),
    measureTimeoutSeconds: readIfGiven(
      '--measure-timeout',
      options.measureTimeout,
      readSeconds,
      take,
    ),
    ignoreErrors: options.ignoreError,
    seed: readIfGiven('--seed', options.seed, readNumber, take),
  };
}

/** Reads the text of an option, where it has one. */
function readIfGiven<T>(
  option: string,
  text: string | undefined,
  read: (option: string, text: string) => Read<T>,
  take: Take,
): T | undefined {
  return text === undefined ? undefined : take(read(option, text));
}

function payloadKeys(payloads: readonly GivenPayload[]): GivenKeys {
  const [first] = payloads;
  if (first === undefined) return {};
  if (first.place !== null) return { payloadS3: first.place };
  return payloads.length === 1 && first.weight === null
    ? { payload: first.payload }
    : { payloads: payloads.map(({ payload, weight }) => ({ payload, weight: weight ?? 1 })) };
}

function durationLimits(options: TuneOptions, take: Take): { [key: string]: Json } | undefined {
  const entries = (options.maxDuration ?? [])
    .map((text) => take(readDurationLimit('--max-duration', text)))
    .filter((each) => each !== undefined)
    .map(({ statistic, ms }) => [statistic, ms] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** commander answers `true` where neither `--history` nor `--no-history` is given. */
function historyKey({ history }: TuneOptions, take: Take): Json | undefined {
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
function leaveOutUndefined(entries: GivenKeys): { readonly [key: string]: Json } | undefined {
  const given = Object.entries(entries).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
