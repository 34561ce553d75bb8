import type { ReadLogGroup, LogGroupFacts, ReadFootprint } from '../../contract/history/deps.ts';
import type {
  HistoryAnswer,
  HistoryRow,
  HistorySpent,
  HistoryTarget,
  HistoryWindow,
} from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import type { Deps } from '../../contract/shared/deps.ts';
import type { FunctionConfiguration } from '../../contract/shared/function-configuration.ts';
import { functionHistory } from '../../core/history/function-history.ts';
import { ESTIMATE_QUERY } from '../../core/history/history-query.ts';
import { bytesWithin, scanUsd } from '../../core/history/scan-price.ts';
import {
  assumedGroup,
  eventsInPart,
  noGroup,
  noInvocation,
  noReports,
  notQueried,
  shorterRetention,
  streamWithoutOwner,
  scannedTooMuch,
  unreadConfiguration,
} from '../../words/history/history-problems.ts';
import { batchesOf, collectRows, type CollectedRows } from './collect-rows.ts';
import { eventRows } from './event-rows.ts';
import { runQuery, type QueryDeps } from './run-query.ts';

export type HistoryDeps = QueryDeps &
  Pick<Deps, 'readConfiguration' | 'readTriggers' | 'findLogEvents'> & {
    readonly readLogGroup: ReadLogGroup;
    readonly readFootprint: ReadFootprint;
    /** Told what the query will scan, before it starts. */
    readonly onEstimate: (bytes: number, usd: number | null) => void;
  };

export interface HistoryRequest extends HistoryWindow {
  /** Names or ARNs, unqualified. */
  readonly functions: readonly string[];
  readonly region: string;
  readonly by: 'insights' | 'events';
  readonly maxUsd: number;
}

export type Histories =
  | {
      readonly kind: 'read';
      readonly answers: readonly HistoryAnswer[];
      readonly spent: HistorySpent;
    }
  /** Nothing was queried. */
  | {
      readonly kind: 'too-expensive';
      readonly bytes: number;
      readonly usd: number | null;
      readonly fittingDays: number;
    }
  | { readonly kind: 'stopped' };

interface Looked {
  readonly name: string;
  readonly configuration: FunctionConfiguration | null;
  readonly group: LogGroupFacts | null;
  readonly groupName: string;
  readonly problem: string | null;
  readonly notes: readonly string[];
}

const DAY_MS = 24 * 3600 * 1000;
/** Triggers take several calls a function, of which AWS allows 15 a second. */
const MOST_WITH_TRIGGERS = 10;
const EVENTS_WITHIN_MS = 60_000;

/** The histories of functions: what their logs say, without one invocation. */
export async function readHistories(
  deps: HistoryDeps,
  request: HistoryRequest,
): Promise<Histories> {
  const looked: Looked[] = [];
  for (const name of request.functions) {
    if (deps.stopped()) return { kind: 'stopped' };
    looked.push(await look(deps, name, request));
  }
  const groups = distinctGroups(looked);
  if (request.by === 'events') return byEvents(deps, request, looked, groups);
  const maxBytes = bytesWithin(request.maxUsd, request.region);
  const bytes = await estimate(deps, groups, request);
  const usd = scanUsd(bytes, request.region);
  deps.onEstimate(bytes, usd);
  if (bytes > maxBytes) {
    const days = (request.untilMs - request.sinceMs) / DAY_MS;
    const fittingDays = Math.floor(((days * maxBytes) / bytes) * 10) / 10;
    return { kind: 'too-expensive', bytes, usd, fittingDays };
  }
  if (deps.stopped()) return { kind: 'stopped' };
  const collected = await collectRows(deps, groups, request, maxBytes);
  if (collected.ended === 'stopped') return { kind: 'stopped' };
  return {
    kind: 'read',
    answers: await answersOf(deps, request, looked, collected),
    spent: {
      by: 'insights',
      queries: collected.queries,
      rows: collected.rows.length,
      bytesScanned: collected.bytesScanned,
      usd: scanUsd(collected.bytesScanned, request.region),
    },
  };
}

async function look(
  deps: HistoryDeps,
  functionName: string,
  { sinceMs, untilMs }: HistoryWindow,
): Promise<Looked> {
  const name = functionName.replace(/^.*:function:/, '');
  const notes: string[] = [];
  let configuration: FunctionConfiguration | null = null;
  try {
    configuration = await deps.readConfiguration({ functionName });
  } catch (error) {
    if (!isAwsError(error)) throw error;
    notes.push(unreadConfiguration(error));
  }
  const groupName = configuration?.logGroup ?? `/aws/lambda/${name}`;
  let group: LogGroupFacts | null;
  try {
    group = await deps.readLogGroup(groupName);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    notes.push(assumedGroup(error));
    group = { name: groupName, class: 'STANDARD', retentionDays: null, encrypted: false };
  }
  const days = (untilMs - sinceMs) / DAY_MS;
  if (group?.retentionDays !== null && group !== null && group.retentionDays < days) {
    notes.push(shorterRetention(groupName, group.retentionDays));
  }
  const problem =
    group === null ? noGroup(groupName) : group.class === 'DELIVERY' ? notQueried(groupName) : null;
  return { name, configuration, group, groupName, problem, notes };
}

function distinctGroups(looked: readonly Looked[]): readonly LogGroupFacts[] {
  const groups = new Map<string, LogGroupFacts>();
  for (const { group, problem } of looked) {
    if (group !== null && problem === null) groups.set(group.name, group);
  }
  return [...groups.values()];
}

/** What is refused here is refused again by the query itself, which then says so group by group. */
async function estimate(
  deps: HistoryDeps,
  groups: readonly LogGroupFacts[],
  window: HistoryWindow,
): Promise<number> {
  let bytes = 0;
  for (const logGroups of batchesOf(groups)) {
    try {
      const { rows } = await runQuery(deps, {
        text: ESTIMATE_QUERY,
        logGroups,
        sinceMs: window.sinceMs,
        untilMs: window.untilMs,
        maxBytes: Infinity,
      });
      // The name of its one column is documented nowhere.
      const numbers = rows.flatMap((row) => Object.values(row).map(Number)).filter(Number.isFinite);
      bytes += Math.max(0, ...numbers);
    } catch (error) {
      if (!isAwsError(error)) throw error;
    }
  }
  return bytes;
}

async function byEvents(
  deps: HistoryDeps,
  request: HistoryRequest,
  looked: readonly Looked[],
  groups: readonly LogGroupFacts[],
): Promise<Histories> {
  const rows: HistoryRow[] = [];
  const problems = new Map<string, string>();
  const inPart = new Set<string>();
  for (const { name } of groups) {
    for (const text of ['REPORT RequestId', 'platform.report']) {
      if (deps.stopped()) return { kind: 'stopped' };
      try {
        const { events, isWhole } = await deps.findLogEvents({
          logGroup: name,
          text,
          fromMs: request.sinceMs,
          toMs: request.untilMs,
          streamPrefixes: null,
          withinMs: EVENTS_WITHIN_MS,
        });
        for (const row of eventRows(name, events)) rows.push(row);
        if (!isWhole) inPart.add(name);
      } catch (error) {
        if (!isAwsError(error)) throw error;
        problems.set(name, `${error.action}: ${error.message}`);
      }
    }
  }
  const collected = { rows, problems, queries: 0, bytesScanned: 0, ended: 'whole' as const };
  const answers = await answersOf(deps, request, looked, collected);
  return {
    kind: 'read',
    answers: answers.map((answer, index) =>
      inPart.has(looked[index]?.groupName ?? '')
        ? { ...answer, notes: [...answer.notes, eventsInPart(EVENTS_WITHIN_MS / 1000)] }
        : answer,
    ),
    spent: { by: 'events', queries: 0, rows: rows.length, bytesScanned: 0, usd: 0 },
  };
}

async function answersOf(
  deps: HistoryDeps,
  request: HistoryRequest,
  looked: readonly Looked[],
  collected: CollectedRows,
): Promise<readonly HistoryAnswer[]> {
  const byGroup = new Map<string, HistoryRow[]>();
  for (const row of collected.rows) {
    const own = byGroup.get(row.logGroup);
    if (own === undefined) byGroup.set(row.logGroup, [row]);
    else own.push(row);
  }
  const answers: HistoryAnswer[] = [];
  for (const each of looked) {
    const failed = collected.problems.get(each.groupName) ?? null;
    const cut = collected.ended === 'too-much' ? scannedTooMuch() : null;
    const problem = each.problem ?? failed ?? cut;
    const sharers = looked.filter(({ groupName }) => groupName === each.groupName).length;
    const all = byGroup.get(each.groupName) ?? [];
    const rows = all.filter(({ owner }) => owner === each.name || (owner === '' && sharers === 1));
    const base = { function: each.name, against: null };
    if (problem !== null) {
      answers.push({ ...base, history: null, problem, notes: each.notes });
      continue;
    }
    const target = await targetOf(deps, each, request);
    const history = functionHistory(rows, target, windowOf(each, request));
    const strangers = all.some(({ owner }) => owner === '') && sharers > 1;
    answers.push({
      ...base,
      history,
      problem: history === null ? await whyEmpty(deps, each) : null,
      notes: strangers ? [...each.notes, streamWithoutOwner(each.groupName)] : each.notes,
    });
  }
  return answers;
}

/** What a group no longer has is no time without traffic. */
function windowOf({ group }: Looked, { sinceMs, untilMs }: HistoryWindow): HistoryWindow {
  const days = group?.retentionDays ?? Infinity;
  const keptMs = untilMs - days * DAY_MS;
  return { sinceMs: Math.max(sinceMs, keptMs), untilMs };
}

async function targetOf(
  deps: HistoryDeps,
  { name, configuration }: Looked,
  { functions, region }: HistoryRequest,
): Promise<HistoryTarget> {
  const reads = configuration !== null && functions.length <= MOST_WITH_TRIGGERS;
  const { triggers } = reads ? await deps.readTriggers(name, []) : { triggers: [] };
  return {
    name,
    region,
    architecture: configuration?.architecture ?? 'x86_64',
    memoryMb: configuration?.memoryMb ?? null,
    timeoutSeconds: configuration?.timeoutSeconds ?? null,
    ephemeralStorageMb: configuration?.ephemeralStorageMb ?? 512,
    triggers,
  };
}

async function whyEmpty(deps: HistoryDeps, { name, configuration }: Looked): Promise<string> {
  if (configuration?.systemLogLevel === 'WARN') return noReports(name);
  try {
    return noInvocation(await deps.readFootprint(name));
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return noInvocation(null);
  }
}
