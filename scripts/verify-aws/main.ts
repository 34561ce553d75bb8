import { createInterface } from 'node:readline/promises';
import { readOptions, USAGE, UsageError, type Options } from './options.ts';
import { Refused, verify } from './run.ts';
import { exitCodeOf, verdictJson, verdictText, type Tried } from './verdict.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  let options: Options | 'help';
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (options === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const stop = new AbortController();
  const interrupt = (): void => {
    process.stderr.write(
      stop.signal.aborted
        ? 'Still putting the function back; this may take a minute.\n'
        : 'Stopping: what was made is taken away first.\n',
    );
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  const { yes, json } = options;
  try {
    const verdict = await verify(options, {
      signal: stop.signal,
      agree: (question) => (yes ? Promise.resolve(true) : ask(question, stop.signal)),
      onFinding: tell,
    });
    process.stdout.write(json ? verdictJson(verdict) : verdictText(verdict));
    return exitCodeOf(verdict, stop.signal.aborted);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, interrupt);
  }
}

function tell({ assumption, finding }: Tried): void {
  process.stderr.write(`${finding.kind} ${assumption.id}\n`);
}

/** Where nobody can answer, the answer is no. */
async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write(`${question} Say --yes.\n`);
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `, { signal })).trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
