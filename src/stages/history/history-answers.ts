import type {
  HistoryAnswer,
  HistoryRow,
  HistoryTarget,
  HistoryWindow,
} from '../../contract/history/history.ts';
import { functionHistory } from '../../core/history/function-history.ts';
import {
  encryptedGroup,
  noInvocation,
  noReports,
  scannedTooMuch,
  streamWithoutOwner,
} from '../../words/history/history-problems.ts';
import type { CollectedRows } from './collect-rows.ts';
import { DAY_MS, type HistoryDeps, type HistoryRequest } from './history-request.ts';
import { orElse } from '../target/or-else.ts';
import type { Looked } from './look-at-function.ts';

/** Triggers take several calls a function, of which AWS allows 15 a second. */
const MOST_WITH_TRIGGERS = 10;

/** One answer for each function, in their order: a history, or why there is none. */
export async function answersOf(
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
      const mayBeTheKey = failed !== null && each.group?.encrypted === true;
      const notes = mayBeTheKey ? [...each.notes, encryptedGroup(each.groupName)] : each.notes;
      answers.push({
        ...base,
        history: null,
        problem,
        problemCode: 'not-read',
        unused: null,
        notes,
      });
      continue;
    }
    const target = await targetOf(deps, each, request);
    const history = functionHistory(rows, target, windowOf(each, request));
    const strangers = all.some(({ owner }) => owner === '') && sharers > 1;
    answers.push({
      ...base,
      history,
      ...(history === null
        ? await whyEmpty(deps, each)
        : { problem: null, problemCode: null, unused: null }),
      notes: strangers ? [...each.notes, streamWithoutOwner(each.groupName)] : each.notes,
    });
  }
  return answers;
}

/** Begins the window where the log group does: days that it no longer keeps are not days without traffic. */
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

async function whyEmpty(
  deps: HistoryDeps,
  { name, configuration }: Looked,
): Promise<Pick<HistoryAnswer, 'problem' | 'problemCode' | 'unused'>> {
  if (configuration?.systemLogLevel === 'WARN') {
    return { problem: noReports(name), problemCode: 'no-report', unused: null };
  }
  const unused = await orElse(deps.readFootprint(name), null);
  return { problem: noInvocation(unused), problemCode: 'no-invocation', unused };
}
