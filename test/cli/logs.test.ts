import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { FIXTURES, invocation, OUTCOMES, warmReport } from '../core/platform-log/platform-logs.ts';
import { logs, shell } from './logs-process.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-logs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Buffer): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

const ALL = `${FIXTURES.map(({ text }) => text.trimEnd()).join('\n')}\n`;
const log = file('all.log', ALL);

function idsOf(stdout: string): readonly string[] {
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { readonly requestId: string }).requestId);
}

const IDS = FIXTURES.map(({ report }) => report.requestId);

describe('powerdial logs --json', () => {
  it('prints one observation a line for everything observed on AWS, and nothing else', async () => {
    const { code, stdout, stderr } = await logs(['--json', log]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual(
      FIXTURES.map(({ name, report: { status: _, ...report } }) => ({
        ...report,
        cold: report.initMs !== null || report.restoreMs !== null,
        outcome: OUTCOMES[name] ?? 'ok',
      })),
    );
    expect(Object.keys(lines[0] as object)).toEqual([
      'requestId',
      'durationMs',
      'billedMs',
      'initMs',
      'restoreMs',
      'billedRestoreMs',
      'memorySizeMb',
      'maxMemoryUsedMb',
      'cold',
      'outcome',
      'errorType',
    ]);
  });

  it('reads files, packed files of any name, and standard input, in the order given', async () => {
    const packed = file('some.log.gz', gzipSync(invocation('packed')));
    const disguised = file('no-ending', gzipSync(invocation('disguised')));
    const misnamed = file('plain.gz', invocation('plain'));
    // What `cat a.gz b.gz` makes.
    const joined = file(
      'joined.gz',
      Buffer.concat([gzipSync(invocation('one')), gzipSync(invocation('two'))]),
    );
    const { code, stdout } = await logs(['--json', packed, '-', disguised, misnamed, joined], {
      stdin: invocation('input'),
    });
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(['packed', 'input', 'disguised', 'plain', 'one', 'two']);
  });

  it.each<[string, (text: string) => string | Buffer]>([
    ['as text', (text) => text],
    ['packed', (text) => gzipSync(text)],
    [
      'in UTF-16, as Windows PowerShell redirects',
      (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    ],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['in UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
    ['in UTF-16, big endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    [
      'packed twice, with zeros behind',
      (text) =>
        Buffer.concat([
          gzipSync(text.slice(0, text.length / 2)),
          gzipSync(text.slice(text.length / 2)),
          Buffer.alloc(512),
        ]),
    ],
  ])('reads standard input when no file is named: %s', async (_, encoded) => {
    const { code, stdout } = await logs(['--json'], { stdin: encoded(ALL) });
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(IDS);
  });

  it('tells an error type beyond ASCII as it was written', async () => {
    const text = warmReport('text').trimEnd();
    const json = {
      type: 'platform.report',
      record: {
        requestId: 'json',
        status: 'failure',
        errorType: 'Störung\u2028',
        metrics: { durationMs: 1 },
      },
    };
    const { stdout } = await logs(['--json'], {
      stdin: `${text}\tStatus: error\tError Type: Überlauf💥\n${JSON.stringify(json)}\n`,
    });
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { errorType: string }).errorType);
    expect(types).toEqual(['Überlauf💥', 'Störung\u2028']);
  });

  it('ends without a word when its reader has seen enough', async () => {
    const long = file(
      'long.log',
      Array.from({ length: 60_000 }, (_, id) => warmReport(`id-${id}`)).join(''),
    );
    const { code, stdout, stderr } = await shell('$POWERDIAL logs --json "$LOG" | head -n 2', {
      LOG: long,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(idsOf(stdout)).toEqual(['id-0', 'id-1']);
  });

  it('ends without a word when nobody ever reads', async () => {
    const { code, stderr } = await shell(
      'yes "$LINE" | $POWERDIAL logs --json | true; test "${PIPESTATUS[1]}" = 0',
      {
        LINE: warmReport('x').trimEnd(),
      },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('powerdial logs', () => {
  it('prints a row for each memory size', async () => {
    const { code, stdout, stderr } = await logs([log]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [heading = '', ...rows] = (stdout.split('\n\n')[0] ?? '').split('\n');
    expect(heading.trim().split(/\s{2,}/)).toEqual([
      'memory',
      'count',
      'cold',
      'p50',
      'p95',
      'p99',
      'max',
      'cold p50',
      'init p50',
      'used',
      'errors',
      'timeouts',
      'USD/1M',
    ]);
    expect(
      rows.map((row) =>
        row
          .trim()
          .split(/\s{2,}/)
          .slice(0, 3),
      ),
    ).toEqual([
      ['128 MB', '7', '4'],
      ['256 MB', '1', '1'],
      ['512 MB', '2', '1'],
      ['1024 MB', '2', '2'],
      ['3009 MB', '2', '2'],
    ]);
    // No terminal, no colour.
    expect(stdout).not.toContain('\u001b');
  });

  it.each([
    // 100 ms at 1024 MB is 0.1 GB-second: 0.1 × 16.6667 + 0.20, and 0.1 × 13.3334 + 0.20 USD a million.
    [[], {}, '1.87', 'us-east-1 on x86_64'],
    [['--architecture', 'arm64'], {}, '1.53', 'us-east-1 on arm64'],
    // 0.1 × 22.1 + 0.27
    [['--region', 'af-south-1'], { AWS_REGION: 'eu-west-1' }, '2.48', 'af-south-1 on x86_64'],
    [[], { AWS_REGION: 'af-south-1' }, '2.48', 'af-south-1 on x86_64'],
    [[], { AWS_DEFAULT_REGION: 'af-south-1' }, '2.48', 'af-south-1 on x86_64'],
  ])('prices a million invocations: %j %j', async (args, env, cost, where) => {
    const { stdout } = await logs(args, {
      stdin:
        'REPORT RequestId: x\tDuration: 99.50 ms\tBilled Duration: 100 ms\tMemory Size: 1024 MB\tMax Memory Used: 64 MB\t\n',
      env,
    });
    expect(stdout.split('\n')[1]?.trim().split(/\s+/).at(-1)).toBe(cost);
    expect(stdout.replaceAll('\n', ' ')).toContain(where);
  });

  it('warns of a region without a price, and prints all the same', async () => {
    const { code, stdout, stderr } = await logs(['--region', 'mars-north-1', '--quiet'], {
      stdin: ALL,
    });
    expect(code).toBe(0);
    expect(stderr).toContain('mars-north-1');
    expect(stdout.trimEnd().split('\n')).toHaveLength(6);
  });

  it('says which file held nothing, and what was left out', async () => {
    const empty = file('empty.log', '');
    const fooled = file('fooled.log', invocation('real', warmReport('other')) + invocation('last'));
    const { code, stdout, stderr } = await logs([empty, fooled, '--quiet']);
    expect(code).toBe(0);
    expect(stdout).toContain(' 2 ');
    expect(stderr).toContain(`no platform log in ${empty}`);
    expect(stderr).toContain(`1 line that looks like a report in ${fooled}`);
  });
});

describe('packed data with something else behind it', () => {
  it('counts to its last line', async () => {
    const { code, stdout } = await logs(['--json'], {
      stdin: Buffer.concat([gzipSync(ALL), Buffer.from('garbage')]),
    });
    expect(code).toBe(3);
    expect(idsOf(stdout)).toEqual(IDS);
  });
});

describe('what cannot be read', () => {
  it('is named together, before anything is read', async () => {
    mkdirSync(path.join(folder, 'sub'), { recursive: true });
    const { code, stdout, stderr } = await logs(
      ['missing.log', log, 'sub', 'also/missing', '-', '-'],
      {
        cwd: folder,
        stdin: ALL,
      },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const problem of [
      'cannot read missing.log: no such file',
      'cannot read sub: a folder',
      'cannot read also/missing: no such file',
      'standard input (-) can be read once',
    ]) {
      expect(stderr).toContain(problem);
    }
    expect(stderr).not.toContain('    at ');
  });

  it.each([['--jsn'], ['--architecture=x86'], ['--region']])(
    'is an option like %s',
    async (option) => {
      const { code, stdout } = await logs([option]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
  );

  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['another log', 'hello\n{"level":"INFO","message":"REPORT"}\n'],
    ['bytes', Buffer.from([0, 255, 254, 31, 139, 10, 0, 200])],
    ['one byte', Buffer.from([31])],
    [
      'a line about reports',
      '2024-03-04T17:22:38.033Z\tabc\tINFO\tREPORT RequestId: abc\tDuration: 5 ms\n',
    ],
  ])('is a log without a platform log: %s', async (_, stdin) => {
    for (const args of [[], ['--json']]) {
      const { code, stdout, stderr } = await logs(args, { stdin });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toContain('no platform log in standard input');
      expect(stderr).toContain('REPORT RequestId');
    }
  });

  it.each([
    ['cut off', (packed: Buffer) => packed.subarray(0, packed.length - 20), 'cut off'],
    [
      'followed by something else',
      (packed: Buffer) => Buffer.concat([packed, Buffer.from('garbage')]),
      'what follows the gzip data',
    ],
    ['damaged', (packed: Buffer) => packed.fill(0xaa, packed.length / 2), ''],
  ])(
    'is packed data that is %s: what comes before it counts, and the exit code says so',
    async (_, harm, words) => {
      const lines = Array.from({ length: 20_000 }, (_, id) =>
        warmReport(`id-${id}`, id / 100),
      ).join('');
      const broken = file('broken.gz', harm(gzipSync(lines)));
      const { code, stdout, stderr } = await logs([broken, '--quiet']);
      expect(code).toBe(3);
      expect(stdout).toContain('128 MB');
      expect(stderr).toContain(`${broken} could not be read to its end`);
      expect(stderr).toContain(words);
    },
  );
});
