import type { HistoryRow } from '../../contract/history/history.ts';
import { isAwsError, type AwsError } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { FactsOf } from '../../contract/shared/warnings/warning.ts';
import type { StageInput, StageOutput } from '../../contract/tune/stages.ts';
import type { AskedHistory } from '../../contract/tune/state.ts';
import type { SettledInput } from '../../contract/tune/settled-input.ts';
import { ESTIMATE_QUERY, HISTORY_QUERY, ROW_LIMIT } from '../../core/history/history-query.ts';
import { readHistoryRow } from '../../core/history/read-row.ts';
import { markQuery } from '../../core/history/query-mark.ts';
import { bytesWithin } from '../../core/history/scan-price.ts';
import { trafficOf } from '../../core/traffic/traffic-of.ts';
import { orElse } from '../target/or-else.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { readAllRows } from '../history/run-query.ts';
import type { Stage } from './stage.ts';

export type ReadHistoryDeps = Pick<Deps, 'startQuery' | 'readQuery' | 'stopQuery' | 'now'>;

type State = StageInput<'ReadHistory'>;
type Reason = FactsOf<'history-unread'>;

/** So long a run waits for what production did, and no longer. */
const LONGEST_MS = 60_000;
const NO_ANSWER: Reason = { reason: 'no-answer', detail: String(LONGEST_MS / 1000) };
const DAY_MS = 24 * 3600 * 1000;
/** An estimate takes about a second, a count a few; each wait is a second longer than the one before. */
const FIRST_WAIT_SECONDS = { estimate: 1, count: 2 } as const;
const LONGEST_WAIT_SECONDS = 5;

/**
 * One step of asking what production did: what the query would scan, then the query itself, then its answer; the
 * workflow waits in between. The run never fails of it: what cannot be had is left out, with the reason where the
 * input asks for it. The window ends as the run began, so that nothing of the run is in it.
 */
export const readHistory: Stage<'ReadHistory', ReadHistoryDeps> = async (state, deps) => {
  const { run, input } = state;
  const before: AskedHistory = state.history ?? {
    asking: null,
    startedMs: deps.now(),
    calls: 0,
    bytesScanned: 0,
    traffic: null,
  };
  const asked = { ...before, calls: before.calls + 1 };
  if (input.history === undefined || input.history === false)
    return goOnWithout(state, asked, null);
  try {
    if (asked.asking === null) {
      // A query's window holds whole seconds, both ends included: the trial may be in the run's first.
      const untilMs = Math.floor(Date.parse(run.startedAt) / 1000) * 1000 - 1000;
      const window = { sinceMs: untilMs - input.history.days * DAY_MS, untilMs };
      return goOnAsking(state, asked, await start(state, deps, 'estimate', window));
    }
    return await follow(state, { ...asked, asking: asked.asking }, input.history.maxUsd, deps);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    const { asking } = asked;
    // A query that is under way may be asked for again.
    const mayPass = error.kind === 'throttled' || error.kind === 'unavailable';
    if (asking === null || !mayPass) {
      if (asking !== null) await stop(deps, asking.queryId);
      return goOnWithout(state, asked, reasonOf(error));
    }
    if (!isLate(asked, deps.now())) return goOnAsking(state, asked, later(asking));
    await stop(deps, asking.queryId);
    return goOnWithout(state, asked, NO_ANSWER);
  }
};

type Asking = NonNullable<AskedHistory['asking']>;

async function start(
  { target, run }: State,
  deps: ReadHistoryDeps,
  phase: Asking['phase'],
  { sinceMs, untilMs }: Pick<Asking, 'sinceMs' | 'untilMs'>,
): Promise<Asking> {
  const queryId = await deps.startQuery({
    logGroups: [target.logGroup],
    // An estimate is free of charge, so nobody has to find it.
    text: phase === 'estimate' ? ESTIMATE_QUERY : markQuery(HISTORY_QUERY, run.id),
    sinceMs,
    untilMs,
  });
  return { phase, queryId, sinceMs, untilMs, waitSeconds: FIRST_WAIT_SECONDS[phase] };
}

async function follow(
  state: State,
  asked: AskedHistory & { readonly asking: Asking },
  maxUsd: number,
  deps: ReadHistoryDeps,
): Promise<StageOutput<'ReadHistory'>> {
  const { asking } = asked;
  const answer = await deps.readQuery(asking.queryId, null);
  const seen = { ...asked, bytesScanned: asking.phase === 'count' ? answer.bytesScanned : 0 };
  const mostBytes = bytesWithin(maxUsd, state.target.region);
  const tooExpensive = (bytes: number): Reason => {
    return { reason: 'too-expensive', detail: `${(bytes / 1e9).toFixed(2)} GB, ${maxUsd} USD` };
  };
  if (answer.status === 'Complete' && asking.phase === 'estimate') {
    // The name of its one column is documented nowhere.
    const numbers = answer.rows.flatMap((row) => Object.values(row).map(Number));
    const bytes = Math.max(0, ...numbers.filter(Number.isFinite));
    if (bytes > mostBytes) return goOnWithout(state, seen, tooExpensive(bytes));
    return goOnAsking(state, seen, await start(state, deps, 'count', asking));
  }
  if (answer.status === 'Complete') {
    const rows = await readAllRows(deps, asking.queryId, answer, readHistoryRow);
    return found(state, seen, rows);
  }
  if (answer.status === 'Scheduled' || answer.status === 'Running') {
    const isDear = asking.phase === 'count' && answer.bytesScanned > mostBytes;
    if (!isLate(asked, deps.now()) && !isDear) return goOnAsking(state, seen, later(asking));
    await stop(deps, asking.queryId);
    return goOnWithout(state, seen, isDear ? tooExpensive(answer.bytesScanned) : NO_ANSWER);
  }
  return goOnWithout(state, seen, { reason: 'query-ended', detail: answer.status });
}

function later(asking: Asking): Asking {
  return { ...asking, waitSeconds: Math.min(LONGEST_WAIT_SECONDS, asking.waitSeconds + 1) };
}

/** Another wait would end after the time that a run waits at most. */
function isLate({ asking, startedMs }: AskedHistory, nowMs: number): boolean {
  return nowMs - startedMs > LONGEST_MS - (asking?.waitSeconds ?? 0) * 1000;
}

/** A query that nobody reads is paid for all the same; that it could not be stopped changes nothing here. */
async function stop(deps: ReadHistoryDeps, queryId: string): Promise<void> {
  await orElse(deps.stopQuery(queryId), undefined);
}

function goOnAsking(state: State, asked: AskedHistory, asking: Asking): StageOutput<'ReadHistory'> {
  return { history: { ...asked, asking }, input: state.input, warnings: [] };
}

function found(
  state: State,
  asked: AskedHistory & { readonly asking: Asking },
  all: readonly HistoryRow[],
): StageOutput<'ReadHistory'> {
  const { target, input } = state;
  if (all.length >= ROW_LIMIT) {
    return goOnWithout(state, asked, { reason: 'too-many-rows', detail: String(ROW_LIMIT) });
  }
  const isOwnGroup = target.logGroup === `/aws/lambda/${target.functionName}`;
  // In a group that functions share, the stream names the function; in its own, nobody needs to.
  const rows = all.filter(
    ({ owner }) => owner === target.functionName || (owner === '' && isOwnGroup),
  );
  const traffic = trafficOf(
    rows,
    { ...target, name: target.functionName, triggers: [] },
    asked.asking,
  );
  if (traffic === null) return goOnWithout(state, asked, { reason: 'no-calls', detail: null });
  const { coldShare, invocationsPerMonth } = traffic;
  const fills: readonly string[] = input.history === false ? [] : (input.history?.fills ?? []);
  const filled: SettledInput = {
    ...input,
    ...(fills.includes('coldShare') && coldShare !== null ? { coldShare } : {}),
    ...(fills.includes('invocationsPerMonth') ? { invocationsPerMonth } : {}),
  };
  return {
    history: {
      ...asked,
      asking: null,
      traffic: structuredClone(traffic) as AskedHistory['traffic'],
    },
    input: filled,
    warnings: [],
  };
}

function goOnWithout(
  state: State,
  asked: AskedHistory,
  reason: Reason | null,
): StageOutput<'ReadHistory'> {
  const { history } = state.input;
  const isAsked = history !== undefined && history !== false && history.isAsked;
  return {
    history: { ...asked, asking: null },
    input: state.input,
    warnings: reason !== null && isAsked ? [toWarning({ code: 'history-unread', ...reason })] : [],
  };
}

function reasonOf({ kind, action, message }: AwsError): Reason {
  const reason = kind === 'denied' ? 'denied' : kind === 'not-found' ? 'no-log-group' : 'failed';
  return { reason, detail: `${action}: ${message}` };
}
