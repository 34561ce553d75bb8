import type { LogGroupFacts } from '../../contract/history/deps.ts';
import type { HistoryRow } from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { eventsInPart } from '../../words/history/history-problems.ts';
import { eventRows } from './event-rows.ts';
import { answersOf } from './history-answers.ts';
import type { Histories, HistoryDeps, HistoryRequest } from './history-request.ts';
import type { Looked } from './look-at-function.ts';

const EVENTS_WITHIN_MS = 60_000;

/**
 * Reads the histories by FilterLogEvents, where queries are not allowed: bounded in time, saying what part was
 * seen.
 */
export async function readEvents(
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
