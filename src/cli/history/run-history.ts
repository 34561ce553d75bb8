import type { HistoryEvent } from '../../contract/history/history-event.ts';
import type { HistoryAnswer } from '../../contract/history/history.ts';
import { isAwsError } from '../../contract/shared/aws-error.ts';
import { readResultFile } from '../../api/history/against-result.ts';
import { functionProblems, gatherHistories } from '../../api/history/gather-histories.ts';
import { readWindow } from '../../api/history/read-window.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { historyText } from '../../report/history/history-text.ts';
import {
  HISTORY_FORMATS,
  historyFormat,
  historyJson,
  renderHistory,
} from '../../report/history/render-history.ts';
import type { Histories } from '../../stages/history/history-request.ts';
import { costWords, tooExpensive } from '../../words/history/scan-words.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { Interruption } from '../shared/interruption.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import { writeFiles } from '../shared/outputs/write-files.ts';
import { eventLine } from '../shared/progress/event-line.ts';
import { type Terminal, wantsColour, wantsUnicode } from '../shared/terminal.ts';
import type { HistoryOptions } from './history-options.ts';

/** `powerdial history`: invokes nothing, changes nothing. */
export async function runHistory(
  functions: readonly string[],
  options: HistoryOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const maxUsd = Number(options.maxUsd);
  const problems = [
    ...functionProblems(functions, options),
    ...(options.maxUsd.trim() !== '' && maxUsd >= 0
      ? []
      : [`--max-usd: wanted an amount such as 0.50, it is ${JSON.stringify(options.maxUsd)}`]),
    ...formatProblems(options.out ?? []),
    ...(await prepareOutputs({ '--out': options.out ?? [] })),
  ];
  if (problems.length > 0) throw new UsageError(problems);
  const window = readWindow(options, Date.now());
  const { againstResult, by, region, profile } = options;
  const against = againstResult === undefined ? null : await readResultFile(againstResult);
  const say = (text: string): void => {
    if (options.quiet !== true) terminal.stderr.write(`${text}\n`);
  };
  const interruption = new Interruption({
    onFirst: () => say('Stopping the query.'),
    onSecond: () => say('Stopped without waiting; a query under way may go on, and is paid for.'),
  });
  interruption.start();
  try {
    const histories = await gatherHistories(
      { functions, choice: options, ...window, by, maxUsd, against, region, profile },
      {
        env: terminal.env,
        signal: interruption.signal,
        emit: (event) => {
          show(event, options, terminal);
        },
      },
    );
    if (histories.kind === 'stopped') return EXIT.interrupted;
    if (histories.kind === 'too-expensive') {
      throw new UsageError([tooExpensive(histories, maxUsd)]);
    }
    return await hand(histories.answers, histories, options, terminal, say);
  } catch (error) {
    if (!isAwsError(error)) throw error;
    terminal.stderr.write(`powerdial: ${error.action}: ${error.message}\n`);
    return EXIT.failed;
  } finally {
    interruption.stop();
  }
}

function show(
  event: HistoryEvent,
  { progress, quiet, verbose }: HistoryOptions,
  { stderr }: Terminal,
): void {
  if (progress === 'json') {
    stderr.write(eventLine(event, Date.now()));
    return;
  }
  if (quiet === true) return;
  if (event.kind === 'estimated') {
    stderr.write(`Logs Insights will scan about ${costWords(event.bytes, event.usd)}.\n`);
  } else if (verbose === true) {
    stderr.write(`# of ${event.logGroups.join(', ')}\n${event.query}\n\n`);
  }
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
  // A history in which no function could be read is no answer.
  const failed = answers.every(isUnread);
  return !written || failed ? EXIT.failed : EXIT.done;
}

/** Tells whether nothing could be read of a function. An unused one is an answer. */
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
