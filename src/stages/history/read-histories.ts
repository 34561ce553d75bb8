import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryWindow } from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { ESTIMATE_QUERY } from '../../core/history/history-query.ts';
import { bytesWithin, scanUsd } from '../../core/history/scan-price.ts';
import { batchesOf, collectRows } from './collect-rows.ts';
import { answersOf } from './history-answers.ts';
import {
  DAY_MS,
  type Histories,
  type HistoryDeps,
  type HistoryRequest,
} from './history-request.ts';
import { collectValues } from './collect-values.ts';
import { lookAtFunction, type Looked } from './look-at-function.ts';
import { readEvents } from './read-events.ts';
import { runQuery } from './run-query.ts';

/** The histories of functions: what their logs say, without one invocation. */
export async function readHistories(
  deps: HistoryDeps,
  request: HistoryRequest,
): Promise<Histories> {
  const looked: Looked[] = [];
  for (const name of request.functions) {
    if (deps.stopped()) return { kind: 'stopped' };
    looked.push(await lookAtFunction(deps, name, request));
  }
  const groups = distinctGroups(looked);
  if (request.by === 'events') return readEvents(deps, request, looked, groups);
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
  const wide = await collectRows(deps, groups, request, maxBytes, request.rowLimit);
  const collected = await collectValues(deps, groups, request, wide, maxBytes);
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
    if (deps.stopped()) return bytes;
    try {
      const { sinceMs, untilMs } = window;
      const { rows } = await runQuery(
        deps,
        { text: ESTIMATE_QUERY, logGroups, sinceMs, untilMs, maxBytes: Infinity },
        // The name of its one column is documented nowhere.
        (cells) => Object.values(cells).map(Number),
      );
      bytes += Math.max(0, ...rows.flat().filter(Number.isFinite));
    } catch (error) {
      if (!isAwsError(error)) throw error;
    }
  }
  return bytes;
}
