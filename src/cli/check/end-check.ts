import { appendFile, stat } from 'node:fs/promises';
import type { CheckResult } from '../../contract/check/check.ts';
import { overallVerdict } from '../../core/compare/judge.ts';
import { checkAnnotations } from '../../report/check/check-annotations.ts';
import { checkFormat, CHECK_FORMATS } from '../../report/check/check-format.ts';
import type { CheckPageOptions } from '../../report/check/check-html.ts';
import { checkJunit } from '../../report/check/check-junit.ts';
import { checkMarkdown } from '../../report/check/check-markdown.ts';
import { checkText } from '../../report/check/check-text.ts';
import type { TwoResults } from '../../report/charts/compare-curves.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { TITLE_WITHOUT_PAGE } from '../shared/outputs/title-without-page.ts';
import { writeFiles } from '../shared/outputs/write-files.ts';
import { wantsColour, wantsUnicode, type Terminal } from '../shared/terminal.ts';
import type { BaselineToSave } from './baseline-to-save.ts';
import type { CompareOptions } from './check-options.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

/** GitHub drops a step's whole summary above 1 MiB. */
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** What goes with a result, in some commands. */
interface Extras {
  readonly baseline: BaselineToSave;
  /** Two results of `tune` that were compared: the page draws them on one chart. */
  readonly results: TwoResults | null;
}

/** Hands a check's result out wherever it is wanted, and turns it into the exit code. */
export async function endCheck(
  result: CheckResult,
  options: CompareOptions,
  terminal: Terminal,
  { baseline = { kind: 'none' }, results = null }: Partial<Extras> = {},
): Promise<ExitCode> {
  const { stdout, stderr, env } = terminal;
  if (options.json === true) {
    stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    stdout.write(
      checkText(result, {
        colour: wantsColour(stdout, env, options.color),
        unicode: wantsUnicode(env),
        columns: stdout.isTTY ? stdout.columns : 120,
      }),
    );
  }
  if (env['GITHUB_ACTIONS'] === 'true') {
    // On standard error, which GitHub reads too: standard output may be a JSON value.
    for (const line of checkAnnotations(result)) stderr.write(`${line}\n`);
  }
  await writeSummary(checkMarkdown(result), terminal);
  if (options.json === true || !stdout.isTTY) {
    for (const { function: name, error, cause } of result.failed) {
      stderr.write(`powerdial: ${name} was not checked: ${error}: ${cause}\n`);
    }
  }
  // Files are written last: whatever becomes of them, the result has been shown.
  const written = await writeResult(result, options, terminal, { baseline, results });
  const code = exitCode(result, options);
  return written || code === EXIT.regression ? code : EXIT.failed;
}

/** Tells whether every file that was asked for could be written; what could not is told. */
async function writeResult(
  result: CheckResult,
  { out = [], title }: CompareOptions,
  terminal: Terminal,
  { baseline, results }: Extras,
): Promise<boolean> {
  const page = { title: title ?? null, results };
  const files = await Promise.all(
    out.map(async (path) => ({ path, content: await render(path, result, page) })),
  );
  const reports = await writeFiles(files, terminal);
  if (baseline.kind === 'keep') {
    terminal.stderr.write(
      `powerdial: ${baseline.file} was not saved as a baseline: ${baseline.reason}\n`,
    );
  }
  if (baseline.kind !== 'save') return reports;
  const content = `${JSON.stringify(result)}\n`;
  const saved = await writeFiles([{ path: baseline.file, content }], terminal);
  if (saved) terminal.stderr.write(`Saved the baseline ${baseline.file}.\n`);
  return reports && saved;
}

/** Files of `--out` whose extension names no format, and a title that no page of them would have. */
export function outProblems({ out = [], title }: CompareOptions): readonly string[] {
  const unknown = out
    .filter((path) => checkFormat(path) === null)
    .map(
      (path) =>
        `--out: cannot tell the format of ${path}: wanted a name ending in ${Object.keys(CHECK_FORMATS).join(', ')}`,
    );
  const hasPage = out.some((path) => checkFormat(path) === 'html');
  return title === undefined || hasPage ? unknown : [...unknown, TITLE_WITHOUT_PAGE];
}

async function render(path: string, result: CheckResult, page: CheckPageOptions): Promise<string> {
  switch (checkFormat(path)) {
    case 'markdown':
      return checkMarkdown(result);
    case 'junit':
      return checkJunit(result);
    case 'html':
      // Charts are loaded only where a page is asked for.
      return (await import('../../report/check/check-html.ts')).checkHtml(result, page);
    case 'json':
    case null:
      return `${JSON.stringify(result, null, 2)}\n`;
  }
}

async function writeSummary(markdown: string, { env, stderr }: Terminal): Promise<void> {
  const path = env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  try {
    const before = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    if (before + Buffer.byteLength(markdown) > MAX_SUMMARY_BYTES) {
      stderr.write('powerdial: the job summary is full (1 MiB), so this check is not in it\n');
      return;
    }
    await appendFile(path, markdown);
  } catch (error) {
    // A summary is a courtesy: the verdict must not depend on it.
    stderr.write(`powerdial: the job summary cannot be written: ${messageOf(error)}\n`);
  }
}

function exitCode(
  { verdict, failed, functions }: CheckResult,
  { failOnInconclusive }: CompareOptions,
): ExitCode {
  if (verdict === 'fail') return EXIT.regression;
  if (failed.length > 0) return EXIT.failed;
  // A baseline that is missing makes the verdict inconclusive, too, but only --require-baseline fails on it.
  const undecided = overallVerdict(functions.flatMap((each) => each.metrics)) === 'inconclusive';
  return undecided && failOnInconclusive === true ? EXIT.inconclusive : EXIT.done;
}
