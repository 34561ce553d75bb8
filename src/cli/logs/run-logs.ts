import { pricesOf } from '../../core/cost/prices.ts';
import { LogSummary } from '../../core/platform-log/log-summary.ts';
import { logsText } from '../../report/logs-text.ts';
import { plainText } from '../../words/plain-text.ts';
import { toWarning } from '../../words/warnings/warning.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { type Terminal, wantsColour, wantsUnicode } from '../shared/terminal.ts';
import { DataOutput } from './data-output.ts';
import { type LogSource, logSources, STANDARD_INPUT_NAME } from './log-source.ts';
import type { LogsOptions } from './logs-options.ts';
import { observationLine } from './observation-line.ts';
import { type LogReading, readLog } from './read-logs.ts';

/** Where prices come from when nothing names a region. */
const DEFAULT_REGION = 'us-east-1';

const NOTHING_FOUND = `Looked for lines "REPORT RequestId: … Duration: …", events of type platform.report, and either of them behind the prefixes of tools that follow logs and in what CloudWatch exports (S3, aws logs, Logs Insights; text, JSON, YAML, CSV and tables). Lambda writes them to the function's log group, by default /aws/lambda/<name>; JSON logs have them for successes only at system log level INFO or DEBUG.`;

/**
 * `powerdial logs`: reads platform logs and prints a summary, or one observation a line.
 *
 * @throws {UsageError} before anything is read, for inputs that cannot be
 */
export async function logsCommand(
  paths: readonly string[],
  options: LogsOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const say = (text: string): void => void terminal.stderr.write(`${text}\n`);
  const sources = await sourcesOf(paths, options, terminal, say);
  const typed = terminal.stdin.isTTY && sources.some(({ name }) => name === STANDARD_INPUT_NAME);
  if (typed && options.quiet !== true) {
    say('Reading platform logs from the terminal; Ctrl-D ends them.');
  }
  return run(sources, options, terminal, say);
}

async function sourcesOf(
  paths: readonly string[],
  options: LogsOptions,
  terminal: Terminal,
  say: (text: string) => void,
): Promise<readonly LogSource[]> {
  const { function: name } = options;
  if (name === undefined) {
    if (options.since === undefined) return logSources(paths, terminal.stdin);
    throw new UsageError(['--since: wanted --function beside it; a file is read whole']);
  }
  if (paths.length > 0) {
    throw new UsageError(['--function: wanted a function or files, there are both']);
  }
  const { functionLog } = await import('./function-log.ts');
  return [await functionLog(name, options, { env: terminal.env, nowMs: Date.now() }, say)];
}

async function run(
  sources: readonly LogSource[],
  options: LogsOptions,
  terminal: Terminal,
  say: (text: string) => void,
): Promise<ExitCode> {
  const output = new DataOutput(terminal.stdout);
  const summary = new LogSummary();
  const readings: LogReading[] = [];
  for (const source of sources) {
    const reading = await readLog(source, async (records) => {
      if (options.json === true) await output.write(records.map(observationLine).join(''));
      else for (const record of records) summary.add(record);
      return !output.closed;
    });
    if (output.closed) return EXIT.done;
    readings.push(reading);
  }

  for (const { name, problem } of readings) {
    if (problem !== null) say(`powerdial: ${name} could not be read to its end: ${problem}`);
  }
  const found = readings.reduce((sum, { invocations }) => sum + invocations, 0);
  if (found === 0) {
    say(`powerdial: no platform log in ${readings.map(({ name }) => name).join(', ')}`);
    say(NOTHING_FOUND);
    return EXIT.failed;
  }
  for (const warning of readings.flatMap(warningsOf)) say(warning);
  if (options.json !== true) await output.write(summaryText(summary, options, terminal, say));
  return readings.some(({ problem }) => problem !== null) ? EXIT.failed : EXIT.done;
}

function warningsOf(reading: LogReading): readonly string[] {
  const { name, invocations, leftOut, copies, problem } = reading;
  if (invocations === 0 && problem === null) return [`! no platform log in ${name}`];
  const lines =
    leftOut === 1 ? '1 line that looks like a report' : `${leftOut} lines that look like reports`;
  const reports = copies === 1 ? '1 report that stands' : `${copies} reports that stand`;
  return [
    ...(leftOut === 0
      ? []
      : [
          `! left out ${lines} in ${name}: printed inside of other invocations, they are an application's`,
        ]),
    ...(copies === 0
      ? []
      : [
          `! counted once ${reports} in ${name} again, alike in request id and every figure (timeouts are counted each time: a retry's are alike)`,
        ]),
  ];
}

function summaryText(
  summary: LogSummary,
  options: LogsOptions,
  { stdout, env }: Terminal,
  say: (text: string) => void,
): string {
  const region = options.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? DEFAULT_REGION;
  const architecture = options.architecture ?? 'x86_64';
  const prices = pricesOf(region, architecture);
  for (const { message } of prices.warnings.map(toWarning)) say(`! ${plainText(message)}`);
  return logsText(
    summary.rows(),
    { region, architecture, prices, notes: options.quiet !== true },
    {
      colour: wantsColour(stdout, env, options.color),
      unicode: wantsUnicode(env),
      columns: stdout.isTTY ? stdout.columns : Infinity,
    },
  );
}
