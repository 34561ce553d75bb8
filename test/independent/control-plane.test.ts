import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start } from '../cli/powerdial.ts';
import { differences } from './comparable.ts';
import { startMotoAccount, type MotoAccount } from './moto-account.ts';
import { describeWithMoto } from './moto.ts';

const SIZES = ['--memory', '128,512,1769', '--invocations', '8', '--concurrency', '1'];

interface KillPoint {
  readonly at: string;
  readonly call: RegExp;
  readonly nth: number;
  /** Before the call is carried out, or when it is done and nobody hears of it any more. */
  readonly when: 'before' | 'after';
  readonly alias?: string;
}

const KILLED: readonly KillPoint[] = [
  { at: 'before its first update', call: /^PUT .*\/configuration/, nth: 1, when: 'before' },
  { at: 'after its first update', call: /^PUT .*\/configuration/, nth: 1, when: 'after' },
  { at: 'after its second update', call: /^PUT .*\/configuration/, nth: 2, when: 'after' },
  { at: 'before its first publication', call: /^POST .*\/versions/, nth: 1, when: 'before' },
  { at: 'after its first publication', call: /^POST .*\/versions/, nth: 1, when: 'after' },
  { at: 'after its third publication', call: /^POST .*\/versions/, nth: 3, when: 'after' },
  { at: 'at its fifth invocation', call: /^POST .*\/invocations/, nth: 5, when: 'before' },
  { at: 'after its first deletion', call: /^DELETE .*Qualifier=/, nth: 1, when: 'after' },
  {
    at: 'after the update of apply',
    call: /^PUT .*\/configuration/,
    nth: 5,
    when: 'after',
    alias: 'live',
  },
  {
    at: 'after the publication of apply',
    call: /^POST .*\/versions/,
    nth: 4,
    when: 'after',
    alias: 'live',
  },
];

describeWithMoto('powerdial tune --embedded with moto as the account', () => {
  let account: MotoAccount;

  beforeAll(async () => {
    account = await startMotoAccount();
  });

  afterAll(async () => {
    await account.close();
  });

  const powerdial = (...args: readonly string[]) => start(args, { env: account.environment });

  test('a run puts everything about a function back as moto tells it', async () => {
    const before = account.make({
      name: 'rich',
      versions: 2,
      aliases: { live: '2' },
      triggers: true,
      settings: {
        MemorySize: 512,
        Timeout: 30,
        Description: 'takes orders',
        Architectures: ['arm64'],
        EphemeralStorage: { Size: 2048 },
        Environment: { Variables: { TABLE: 'orders' } },
        TracingConfig: { Mode: 'Active' },
        Tags: { team: 'shop' },
      },
    });
    const { code, stdout, stderr } = await powerdial(
      ...['tune', 'rich', '--embedded', '--yes', '--json', ...SIZES],
    ).ended;
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout) as {
      readonly sizes: readonly { readonly outcome: string; readonly memoryMb: number }[];
      readonly warnings: readonly { readonly message: string }[];
    };
    expect(result.sizes.map(({ memoryMb, outcome }) => [memoryMb, outcome])).toEqual([
      [128, 'measured'],
      [512, 'measured'],
      [1769, 'measured'],
    ]);
    expect(differences(account.state('rich'), before)).toEqual([]);
    // The visibility timeout was asked of the account's own endpoint, not of the public host.
    expect(account.front.calls.filter((call) => call.includes('GetQueueAttributes'))).not.toEqual(
      [],
    );
    const said = result.warnings.map(({ message }) => message).join('\n');
    expect(said).toContain('rich-queue) has 90 s');
  });

  test('apply sets the memory of $LATEST and nothing else', async () => {
    const before = account.make({
      name: 'applied',
      settings: { MemorySize: 128, Timeout: 30, Description: 'x' },
    });
    const { code, stdout, stderr } = await powerdial(
      ...['tune', 'applied', '--embedded', '--yes', '--json', '--apply', ...SIZES],
    ).ended;
    expect(code, stderr).toBe(0);
    const { recommendation } = JSON.parse(stdout) as {
      readonly recommendation: { readonly memoryMb: number };
    };
    const latest = { ...before.latest, MemorySize: recommendation.memoryMb };
    expect(recommendation.memoryMb).not.toBe(128);
    expect(differences(account.state('applied'), { ...before, latest })).toEqual([]);
  });

  test.each(KILLED)(
    'powerdial restore puts a function back whose run was killed $at',
    async ({ at, call, nth, when, alias }) => {
      const name = `killed-${at.replaceAll(' ', '-')}`;
      const before = account.make({
        name,
        versions: 1,
        aliases: { live: '1' },
        settings: { MemorySize: 128, Timeout: 30, Description: 'takes orders' },
      });
      const running = powerdial(
        ...['tune', name, '--embedded', '--yes', '--quiet', ...SIZES],
        ...(alias === undefined ? [] : ['--apply-alias', alias]),
      );
      let seen = 0;
      account.first = async (request) => {
        if (!request.path.includes(name) || !call.test(`${request.method} ${request.path}`)) {
          return null;
        }
        seen += 1;
        if (seen < nth) return null;
        if (seen === nth && when === 'after') await carryOut(account, request);
        running.kill('SIGKILL');
        return 'drop';
      };
      await running.ended;
      account.first = () => Promise.resolve(null);
      expect(seen).toBeGreaterThanOrEqual(nth);
      const restored = await powerdial('restore', name, '--yes', '--json').ended;
      expect(restored.code, restored.stderr).toBe(0);
      expect(differences(account.state(name), before)).toEqual([]);
    },
  );

  test('the commands that the runbook has for a person without Powerdial put a function back', async () => {
    const name = 'by-hand';
    const before = account.make({
      name,
      settings: { MemorySize: 512, Timeout: 30, Description: 'takes orders' },
    });
    const running = powerdial('tune', name, '--embedded', '--yes', '--quiet', ...SIZES);
    let published = 0;
    account.first = async (request) => {
      if (!/^POST .*\/by-hand\/versions/.test(`${request.method} ${request.path}`)) return null;
      published += 1;
      if (published < 2) return null;
      await carryOut(account, request);
      running.kill('SIGKILL');
      return 'drop';
    };
    await running.ended;
    account.first = () => Promise.resolve(null);
    const run = (command: string) => shell(command.replaceAll('$FN', name), account.environment);
    const [describe = '', list = ''] = runbook('## Is a function changed?');
    expect(await run(describe)).toContain('was 512MB/30s');
    const versions = [...(await run(list)).matchAll(/^(\d+)\s+powerdial /gm)].map(([, v]) => v);
    expect(versions).toHaveLength(2);
    const [update = '', remove = ''] = runbook('### By hand');
    await run(update);
    for (const version of versions) await run(remove.replace('42', version ?? ''));
    expect(differences(account.state(name), before)).toEqual([]);
  });
});

/** The commands of a section of the runbook, one a line, as they stand there. */
function runbook(section: string): readonly string[] {
  const text = readFileSync('docs/runbook.md', 'utf8');
  const from = text.indexOf(`\n${section}\n`);
  const block = /```sh\n([\s\S]*?)```/.exec(text.slice(from))?.[1] ?? '';
  return from < 0 ? [] : block.split('\n').filter((line) => line.startsWith('aws '));
}

/** Runs a command as a shell does; fails with what it wrote where it fails. */
function shell(command: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn('bash', ['-c', command], {
    env: { PATH: process.env['PATH'], AWS_DEFAULT_REGION: 'us-east-1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${command}: ${stderr}`));
    });
  });
}

async function carryOut(account: MotoAccount, request: Parameters<MotoAccount['first']>[0]) {
  for (const route of account.front.routes.slice(2)) {
    if ((await route(request)) !== null) return;
  }
}
