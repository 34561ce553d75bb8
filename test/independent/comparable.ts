import { gunzipSync } from 'node:zlib';
import type { Json } from '../../src/contract/shared/json.ts';
import type { Played, Scenario } from './scenario.ts';

/** What two runs of the same may differ in: when they were made, how long they took, and random ids. */
const MOVING =
  /^(?:startedAt|endedAt|measuredAt|wallSeconds|elapsed\w*|seconds|since|until|atMs|revisionId|\w+Seconds)$/;
/** Ends in `Seconds` and is no time of the run. */
const SETTINGS = /^(?:timeoutSeconds|measureTimeoutSeconds|recommendedSeconds)$/;

/** What both engines have to agree in. */
export function comparable(played: Played, { anyOrder = false }: Scenario): unknown {
  const { status, error, cause, entered, output, stored, after, ruled } = played;
  return {
    status,
    // moto keeps no error and no cause of an execution that was stopped or whose time was over; AWS does (API
    // reference, StopExecution and DescribeExecution). Where the end meets the workflow depends on the moment.
    ...(status === 'ABORTED' || status === 'TIMED_OUT' ? {} : { error, cause, entered }),
    stored: Object.keys(stored),
    ...(anyOrder ? {} : { output: still(output), contents: still(stored) }),
    after,
    ruled,
  };
}

/** A value without times, its sums to twelve digits and its table of observations unpacked. */
function still(value: Json | undefined): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map((each: Json) => still(each));
  if (typeof value !== 'object' || value === null) return value;
  const { encoding, data } = value as Readonly<Record<string, Json>>;
  if (encoding === 'gzip+base64' && typeof data === 'string') {
    return still(table(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString()) as Json));
  }
  return Object.fromEntries(
    Object.entries(withoutOwnCompute(value as Readonly<Record<string, Json>>))
      .filter(([name]) => SETTINGS.test(name) || !MOVING.test(name))
      .map(([name, each]) => [name, still(each)]),
  );
}

/** What the workflow costs is a time of its own functions and the price of its transitions: this is the latter. */
function withoutOwnCompute(value: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const { workflowUsd, stages, ...rest } = value;
  const own = (stages ?? {}) as { readonly usd?: Json };
  if (typeof workflowUsd !== 'number' || typeof own.usd !== 'number') return value;
  return { ...rest, transitionsUsd: Number((workflowUsd - own.usd).toPrecision(9)) };
}

/** Without the column of times, and environments by the order in which they served: log streams have random names. */
function table(value: Json): Json {
  const { columns, rows: found } = value as {
    readonly columns?: string[];
    readonly rows?: Json[][];
  };
  if (columns === undefined || found === undefined) return value;
  const environment = columns.indexOf('environment');
  const seen: Json[] = [];
  const rows = found.map((row) =>
    row.map((cell, at) => {
      if (at !== environment || cell === null) return cell;
      if (!seen.includes(cell)) seen.push(cell);
      return seen.indexOf(cell);
    }),
  );
  const kept = columns.map((name) => !MOVING.test(name));
  const ofKept = <T>(all: readonly T[]): T[] => all.filter((_, at) => kept[at]);
  return { columns: ofKept(columns), rows: rows.map((row) => ofKept(row)) };
}

/** Where two values differ, a line for each place: what a person can read of two long results. */
export function differences(theirs: unknown, ours: unknown, place = ''): readonly string[] {
  const [a, b] = [theirs, ours].map((each) => JSON.stringify(each ?? null));
  if (a === b) return [];
  if (!isContainer(theirs) || !isContainer(ours)) {
    return [`${place}: ${a?.slice(0, 300)} there, ${b?.slice(0, 300)} here`];
  }
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...names].flatMap((name) => differences(theirs[name], ours[name], `${place}.${name}`));
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
