import { setTimeout as sleep } from 'node:timers/promises';
import { historyCalls, type HistoryCalls } from '../../aws/history-calls.ts';
import { lambdaDeps, type LambdaDeps } from '../../aws/lambda-deps.ts';
import type { HistoryAnswer } from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { rankHistories } from '../../core/history/rank-histories.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { historyText } from '../../report/history/history-text.ts';
import {
  HISTORY_FORMATS,
  historyFormat,
  historyJson,
  renderHistory,
} from '../../report/history/render-history.ts';
import type { Histories, HistoryDeps } from '../../stages/history/history-request.ts';
import { readHistories } from '../../stages/history/read-histories.ts';
import { costWords, tooExpensive } from '../../words/history/scan-words.ts';
import { connectAws } from '../../api/shared/connect-aws.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { Interruption } from '../shared/interruption.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import { writeFiles } from '../shared/outputs/write-files.ts';
import { type Terminal, wantsColour, wantsUnicode } from '../shared/terminal.ts';
import { holdAgainst, readResultFile } from '../../api/history/against-result.ts';
import { choiceProblems, chooseFunctions } from '../../api/history/choose-functions.ts';
import type { HistoryOptions } from './history-options.ts';
import { readWindow } from '../../api/history/read-window.ts';

/** `powerdial history`: invokes nothing, changes nothing. */
export async function runHistory(
  functions: readonly string[],
  options: HistoryOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const maxUsd = Number(options.maxUsd);
  const regions = new Set(functions.flatMap((each) => parseFunctionRef(each)?.region ?? []));
  const problems = [
    ...choiceProblems(functions, options),
    ...(options.maxUsd.trim() !== '' && maxUsd >= 0
      ? []
      : [`--max-usd: wanted an amount such as 0.50, it is ${JSON.stringify(options.maxUsd)}`]),
    ...(regions.size > 1 ? ['wanted functions of one region, the ARNs name several'] : []),
    ...formatProblems(options.out ?? []),
    ...(await prepareOutputs({ '--out': options.out ?? [] })),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  const window = readWindow(options, Date.now());
  const result =
    options.againstResult === undefined ? null : await readResultFile(options.againstResult);
  const connection = await connectAws(options, terminal.env, [...regions][0] ?? null);
  const say = (text: string): void => {
    if (options.quiet !== true) terminal.stderr.write(`${text}\n`);
  };
  const interruption = new Interruption({
    onFirst: () => say('Stopping the query.'),
    onSecond: () => say('Stopped without waiting; a query under way may go on, and is paid for.'),
  });
  interruption.start();
  const lambda = lambdaDeps(connection);
  const calls = await historyCalls(connection);
  try {
    const chosen = await chooseFunctions(
      { listFunctions: calls.listFunctions, readTags: lambda.readTags },
      functions,
      options,
    );
    const histories = await readHistories(
      depsOf(lambda, calls, interruption.signal, options, say),
      { functions: chosen, ...window, region: connection.region, by: options.by, maxUsd },
    );
    if (histories.kind === 'stopped') return EXIT.interrupted;
    if (histories.kind === 'too-expensive') {
      throw new UsageError([tooExpensive(histories, maxUsd)]);
    }
    const against = histories.answers.map((each) =>
      result === null ? each : holdAgainst(each, result),
    );
    const answers = rankHistories(against);
    return await hand(answers, histories, options, terminal, say);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    terminal.stderr.write(`powerdial: ${error.action}: ${error.message}\n`);
    return EXIT.failed;
  } finally {
    interruption.stop();
    lambda.close();
    calls.close();
  }
}

function depsOf(
  lambda: LambdaDeps,
  calls: HistoryCalls,
  stop: AbortSignal,
  options: HistoryOptions,
  say: (text: string) => void,
): HistoryDeps {
  return {
    ...calls,
    readConfiguration: lambda.readConfiguration,
    readTriggers: lambda.readTriggers,
    findLogEvents: lambda.findLogEvents,
    sleep: (ms) => sleep(ms, undefined, { signal: stop }).catch(() => undefined),
    stopped: () => stop.aborted,
    onQuery: (text, logGroups) => {
      if (options.verbose === true) say(`# of ${logGroups.join(', ')}\n${text}\n`);
    },
    onEstimate: (bytes, usd) => say(`Logs Insights will scan about ${costWords(bytes, usd)}.`),
  };
}

async function hand(
  answers: readonly HistoryAnswer[],
  { spent }: Extract<Histories, { readonly kind: 'read' }>,
  options: HistoryOptions,
  terminal: Terminal,
  say: (text: string) => void,
): Promise<ExitCode> {
  const { stdout, env } = terminal;
  stdout.write(
    options.json === true
      ? `${JSON.stringify(historyJson(answers, spent))}\n`
      : historyText(answers, {
          colour: wantsColour(stdout, env, options.color),
          unicode: wantsUnicode(env),
          columns: stdout.isTTY ? stdout.columns : Infinity,
        }),
  );
  const files = (options.out ?? []).map((path) => ({
    path,
    content: renderHistory(historyFormat(path) ?? 'json', answers, spent),
  }));
  const written = await writeFiles(files, terminal);
  if (spent.by === 'insights') {
    say(`${spent.queries} queries scanned ${costWords(spent.bytesScanned, spent.usd)}.`);
  }
  // Where nothing could be read of any function, that is no answer.
  const failed = answers.every(isUnread);
  return !written || failed ? EXIT.failed : EXIT.done;
}

/** An unused function is an answer; one that could not be read is none. */
function isUnread({ history, problem, problemCode }: HistoryAnswer): boolean {
  return history === null && problem !== null && problemCode !== 'no-invocation';
}

function formatProblems(paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => historyFormat(path) === null)
    .map(
      (path) =>
        `--out: cannot tell the format of ${path}: wanted a name ending in ${Object.keys(HISTORY_FORMATS).join(', ')}`,
    );
}
