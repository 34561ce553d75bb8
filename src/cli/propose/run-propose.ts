import { plainName } from '../../core/compare/checked-name.ts';
import { changeText, diffComment, elsewhereText } from '../../report/proposal/proposal-text.ts';
import { pullRequestMarkdown } from '../../report/proposal/pull-request.ts';
import type { Proposal } from '../../report/proposal/proposed-function.ts';
import { unifiedDiff } from '../../report/proposal/unified-diff.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { prepareOutputs } from '../shared/outputs/prepare-outputs.ts';
import { writeFiles } from '../shared/outputs/write-files.ts';
import { openTemplate } from '../../api/shared/project/open-template.ts';
import { idleTemplateOptions } from '../../api/shared/project/template-options.ts';
import type { Streams } from '../shared/terminal.ts';
import { chooseResults } from './choose-results.ts';
import { matchResults } from './match-results.ts';
import { proposeChanges, shownName, type ProposedChanges } from './propose-changes.ts';
import type { ProposeOptions } from './propose-options.ts';
import { readResults, type ReadResult } from './read-results.ts';
import { joinSizes, toMeasuredSize, SIZES_FILE } from './sizes-file.ts';

/** `powerdial propose`: from result files to a diff, or to a file of sizes. */
export async function runPropose(
  files: readonly string[],
  options: ProposeOptions,
  terminal: Streams,
): Promise<ExitCode> {
  await refuseOptions(options);
  const { results, left } = chooseResults(await readResults(files), options);
  for (const sentence of left) terminal.stderr.write(`${sentence}\n`);
  if (results.length === 0) {
    if (options.json === true) terminal.stdout.write(`${JSON.stringify(NOTHING, null, 2)}\n`);
    return EXIT.done;
  }
  return options.sizes === undefined
    ? proposeDiff(results, options, terminal)
    : writeSizes(results, options, terminal);
}

const NOTHING = { schemaVersion: 1, changes: [], elsewhere: [], written: [] };

async function refuseOptions(options: ProposeOptions): Promise<void> {
  const { template, sizes, out = [], write } = options;
  const problems = [
    ...(template === undefined && sizes === undefined
      ? ['wanted --template <file>, or --sizes for a file of sizes']
      : []),
    ...(template === undefined && options.parameter !== undefined
      ? idleTemplateOptions({ parameter: options.parameter })
      : []),
    ...(sizes !== undefined && out.length > 0
      ? ['--out: has no effect with --sizes, which proposes no diff']
      : []),
    ...out
      .filter((file) => !file.toLowerCase().endsWith('.md'))
      .map((file) => `--out: wanted a name ending in .md, it is ${JSON.stringify(file)}`),
  ];
  if (problems.length === 0) {
    problems.push(...(await prepareOutputs({ '--out': out })));
    const target = sizes === true ? SIZES_FILE : sizes;
    if (write === true && target !== undefined) {
      problems.push(...(await prepareOutputs({ '--sizes': [target] })));
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
}

async function proposeDiff(
  results: readonly ReadResult[],
  options: ProposeOptions,
  terminal: Streams,
): Promise<ExitCode> {
  const opened = openTemplate(options.template ?? '', options);
  const matched = matchResults(results, opened.project, options.resource);
  const proposed = proposeChanges(matched, opened);
  const { proposal, files } = proposed;
  if (options.write === true) {
    const unwritable = await prepareOutputs({ '--write': files.map(({ file }) => file) });
    if (unwritable.length > 0) throw new UsageError(unwritable);
  }
  show(proposed, options, terminal);
  for (const each of proposal.elsewhere) terminal.stderr.write(`${elsewhereText(each)}\n`);
  if (proposal.functions.length === 0) {
    terminal.stderr.write('The functions have what is recommended; nothing is to be changed.\n');
  }
  const texts = [
    ...(options.write === true
      ? files.map(({ file, after }) => ({ path: file, content: after }))
      : []),
    ...(options.out ?? []).map((path) => ({ path, content: pullRequestMarkdown(proposal) })),
  ];
  const isWritten = await writeFiles(texts, terminal);
  if (isWritten && options.write === true) tellWritten(proposal, terminal);
  return isWritten ? EXIT.done : EXIT.failed;
}

function show(
  { proposal, files }: ProposedChanges,
  options: ProposeOptions,
  { stdout }: Streams,
): void {
  if (options.json === true) {
    const { changes, elsewhere } = proposal;
    const written = options.write === true ? files.map(({ file }) => file) : [];
    const emulated = proposal.functions.some(({ result }) => result.emulated);
    stdout.write(
      `${JSON.stringify({ ...NOTHING, emulated, changes, elsewhere, written }, null, 2)}\n`,
    );
    return;
  }
  const diffs = files.map(({ file, before, after }) => unifiedDiff(shownName(file), before, after));
  if (diffs.length > 0) stdout.write(`${diffComment(proposal)}${diffs.join('')}`);
}

function tellWritten({ changes }: Proposal, { stderr }: Streams): void {
  for (const change of changes) {
    stderr.write(`${change.file}:${change.line}: ${change.resource}: ${changeText(change)}\n`);
  }
}

/** The file of sizes goes by the template's names where there is one, else by the functions' own. */
async function writeSizes(
  results: readonly ReadResult[],
  options: ProposeOptions,
  terminal: Streams,
): Promise<ExitCode> {
  const named =
    options.template === undefined
      ? byOwnName(results, options.resource)
      : matchResults(
          results,
          openTemplate(options.template, options).project,
          options.resource,
        ).map(({ own, result }) => [own.resource, result] as const);
  const sizes = Object.fromEntries(named.map(([name, result]) => [name, toMeasuredSize(result)]));
  const file = options.sizes === true || options.sizes === undefined ? SIZES_FILE : options.sizes;
  const content = joinSizes(file, sizes);
  if (options.write !== true) {
    terminal.stdout.write(content);
    return EXIT.done;
  }
  const isWritten = await writeFiles([{ path: file, content }], terminal);
  if (isWritten) terminal.stderr.write(`${file}: ${Object.keys(sizes).join(', ')}\n`);
  if (options.json === true) terminal.stdout.write(content);
  return isWritten ? EXIT.done : EXIT.failed;
}

function byOwnName(
  results: readonly ReadResult[],
  resource: string | undefined,
): readonly (readonly [string, ReadResult['result']])[] {
  const named = results.map(
    ({ file, result }) => [resource ?? plainName(result.target.function), result, file] as const,
  );
  const names = named.map(([name]) => name);
  const twice = named.filter(([name], index) => names.indexOf(name) < index);
  if (twice.length > 0) {
    throw new UsageError(
      twice.map(
        ([name, , file]) =>
          `${file}: wanted one result for each function, there is another of ${name}`,
      ),
    );
  }
  return named.map(([name, result]) => [name, result] as const);
}
