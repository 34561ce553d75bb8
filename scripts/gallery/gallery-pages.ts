import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCompare } from '../../src/cli/check/run-compare.ts';
import type { Terminal } from '../../src/cli/shared/terminal.ts';
import { runTune } from '../../src/cli/tune/run-tune.ts';
import type { CheckResult } from '../../src/contract/check/check.ts';
import type { Result } from '../../src/contract/tune/result.ts';
import { checkHtml } from '../../src/report/check/check-html.ts';
import { resultHtml } from '../../src/report/result-html.ts';
import { resultSvg } from '../../src/report/result-svg.ts';

export const GALLERY = fileURLToPath(new URL('../../docs/gallery/', import.meta.url));

/** Pages must come out alike whenever they are made, so they are all of one day: that of the recordings. */
const RECORDED_AT = '2026-11-28T17:00:00.000Z';

/** Recorded functions, and what each is asked. */
const RUNS = {
  thumbnail: { current: '128MB/30s', invocationsPerMonth: '3000000' },
  'fetch-orders': { current: '1024MB/30s', goal: 'cheapest' },
} as const;

/** What a command prints on standard output, of one that is called and not started. */
async function printed(run: (terminal: Terminal) => Promise<unknown>): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let text = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  stderr.resume();
  const streams = { stdin: new PassThrough(), stdout, stderr };
  await run({ ...streams, env: {} } as unknown as Terminal);
  return text;
}

async function tuned(recorded: string, options: Readonly<Record<string, string>>): Promise<Result> {
  const text = await printed((terminal) =>
    runTune(undefined, { recorded, ...options, seed: '1', json: true, quiet: true }, terminal),
  );
  const result = JSON.parse(text) as Result;
  if (result.run === undefined) throw new Error(`no result of ${recorded}: ${text.slice(0, 200)}`);
  return { ...result, run: { ...result.run, id: 'gallery', startedAt: RECORDED_AT } };
}

/** Returns the pages of the gallery by the names of their files. */
export async function galleryPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const [name, options] of Object.entries(RUNS)) {
    const result = await tuned(path.join(GALLERY, 'runs', `${name}.json`), options);
    pages.set(`${name}.html`, resultHtml(result));
    pages.set(`${name}.svg`, resultSvg(result));
  }
  pages.set('compared.html', await comparedPage());
  return pages;
}

/** A function before and after it became a third slower. */
async function comparedPage(): Promise<string> {
  const options = {
    ...RUNS.thumbnail,
    memory: '128,256,512,1024,1769,3008',
    invocations: '40',
    coldStarts: '12',
  };
  const run = (name: string) => tuned(path.join(GALLERY, 'runs', name), options);
  const [before, after] = [await run('thumbnail.json'), await run('thumbnail-slower.json')];
  const folder = await mkdtemp(path.join(tmpdir(), 'powerdial-gallery-'));
  const at = (name: string) => path.join(folder, name);
  try {
    await writeFile(at('before.json'), JSON.stringify(before));
    await writeFile(at('after.json'), JSON.stringify(after));
    await writeFile(at('config.json'), '{}');
    const text = await printed((terminal) => {
      const files = [at('before.json'), at('after.json')] as const;
      return runCompare(...files, { json: true, config: at('config.json') }, terminal);
    });
    const compared = JSON.parse(text) as CheckResult;
    const title = 'thumbnail, before and after it became a third slower';
    return checkHtml(
      { ...compared, measuredAt: RECORDED_AT },
      { title, results: { before, after } },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
