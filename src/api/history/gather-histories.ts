import { setTimeout as sleep } from 'node:timers/promises';
import { historyCalls, type HistoryCalls } from '../../aws/history-calls.ts';
import { lambdaDeps, type LambdaDeps } from '../../aws/lambda-deps.ts';
import type { HistoryEvent } from '../../contract/history/history-event.ts';
import type { HistoryWindow } from '../../contract/history/history.ts';
import { rankHistories } from '../../core/history/rank-histories.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import type { Histories, HistoryDeps } from '../../stages/history/history-request.ts';
import { readHistories } from '../../stages/history/read-histories.ts';
import { connectAws } from '../shared/connect-aws.ts';
import { holdAgainst, type PromisedResult } from './against-result.ts';
import { choiceProblems, chooseFunctions } from './choose-functions.ts';
import type { HistoryChoice } from './history-choice.ts';

/** Whose histories to gather, and how. */
export interface HistoryTask extends HistoryWindow {
  /** Names or ARNs; none where the choice says which. */
  readonly functions: readonly string[];
  readonly choice: HistoryChoice;
  readonly by: 'insights' | 'events';
  readonly maxUsd: number;
  /** What a run promised, to be held against what was seen; `null` without. */
  readonly against: PromisedResult | null;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** What it is gathered in. */
export interface HistorySurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Aborted to stop a query under way. */
  readonly signal: AbortSignal;
  readonly emit: (event: HistoryEvent) => void;
}

/** What is wrong with which functions are named, before anything is asked of AWS. */
export function functionProblems(
  functions: readonly string[],
  choice: HistoryChoice,
): readonly string[] {
  return [
    ...choiceProblems(functions, choice),
    ...(regionsOf(functions).length > 1
      ? ['wanted functions of one region, the ARNs name several']
      : []),
  ];
}

/**
 * Reads the histories of functions, the most worthwhile first; invokes nothing, changes nothing.
 *
 * @throws {UsageError} where AWS cannot be reached as things are set, or no function fits
 * @throws {AwsError}
 */
export async function gatherHistories(
  task: HistoryTask,
  surroundings: HistorySurroundings,
): Promise<Histories> {
  const { functions, choice, against, by, maxUsd, sinceMs, untilMs } = task;
  const [named = null] = regionsOf(functions);
  const connection = await connectAws(task, surroundings.env, named);
  const lambda = lambdaDeps(connection);
  const calls = await historyCalls(connection);
  try {
    const listing = { listFunctions: calls.listFunctions, readTags: lambda.readTags };
    const chosen = await chooseFunctions(listing, functions, choice);
    const { region } = connection;
    const request = { functions: chosen, sinceMs, untilMs, region, by, maxUsd };
    const histories = await readHistories(depsOf(lambda, calls, surroundings), request);
    if (histories.kind !== 'read') return histories;
    const held = histories.answers.map((each) =>
      against === null ? each : holdAgainst(each, against),
    );
    return { ...histories, answers: rankHistories(held) };
  } finally {
    lambda.close();
    calls.close();
  }
}

function regionsOf(functions: readonly string[]): readonly string[] {
  return [...new Set(functions.flatMap((each) => parseFunctionRef(each)?.region ?? []))];
}

function depsOf(
  lambda: LambdaDeps,
  calls: HistoryCalls,
  { signal, emit }: HistorySurroundings,
): HistoryDeps {
  return {
    ...calls,
    readConfiguration: lambda.readConfiguration,
    readTriggers: lambda.readTriggers,
    findLogEvents: lambda.findLogEvents,
    sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
    stopped: () => signal.aborted,
    onQuery: (query, logGroups) => {
      emit({ kind: 'query-started', query, logGroups });
    },
    onEstimate: (bytes, usd) => {
      emit({ kind: 'estimated', bytes, usd });
    },
  };
}
