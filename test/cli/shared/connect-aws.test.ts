import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCheck } from '../../../src/cli/check/run-check.ts';
import { runHistory } from '../../../src/cli/history/run-history.ts';
import { logsCommand } from '../../../src/cli/logs/run-logs.ts';
import { runRestore } from '../../../src/cli/restore/run-restore.ts';
import { connectAws } from '../../../src/api/shared/connect-aws.ts';
import { UsageError } from '../../../src/api/shared/usage-error.ts';
import type { Terminal } from '../../../src/cli/shared/terminal.ts';
import { runTune } from '../../../src/cli/tune/run-tune.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'powerdial-caller-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Nobody listens there. */
const DEAD = 'http://127.0.0.1:1';

beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'none'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'none'));
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', DEAD);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.problems;
  }
}

/** The metadata service of an instance with a role, as the EC2 User Guide documents it. */
async function startMetadata(): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const role = '/latest/meta-data/iam/security-credentials/';
    if (request.method === 'PUT' && request.url === '/latest/api/token') return response.end('t');
    if (request.url === role) return response.end('tuner');
    if (request.url !== `${role}tuner`) return response.writeHead(404).end();
    return response.end(
      JSON.stringify({
        Code: 'Success',
        Type: 'AWS-HMAC',
        AccessKeyId: 'AKIDMETADATA',
        SecretAccessKey: 's',
        Token: 't',
        Expiration: new Date(Date.now() + 6 * 3600 * 1000).toISOString(),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('connectAws', () => {
  it('names the region and the credentials that are missing in one message', async () => {
    const problems = await problemsOf(connectAws({}, process.env));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('--region eu-west-1 or AWS_REGION');
    expect(problems[1]).toContain('aws login, or aws sso login');
    expect(problems[1]).toContain('AWS_ACCESS_KEY_ID');
    expect(process.env['AWS_EC2_METADATA_DISABLED']).toBeUndefined();
  });

  it('says that a profile which is named has no credentials, and how to list profiles', async () => {
    const [problem, ...others] = await problemsOf(
      connectAws({ profile: 'nosuch', region: 'eu-west-1' }, process.env),
    );
    expect(others).toEqual([]);
    expect(problem).toContain('profile nosuch');
    expect(problem).toContain('aws configure list-profiles');
  });

  it('passes on why a profile has no credentials to give', async () => {
    const config = path.join(folder, 'signed-out');
    writeFileSync(
      config,
      `[profile signed-out]\nsso_session = nobodys\nsso_account_id = 1\nsso_role_name = r\n[sso-session nobodys]\nsso_region = eu-west-1\nsso_start_url = ${DEAD}/nobodys\n`,
    );
    vi.stubEnv('AWS_CONFIG_FILE', config);
    const [problem, ...others] = await problemsOf(
      connectAws({ profile: 'signed-out', region: 'eu-west-1' }, process.env),
    );
    expect(others).toEqual([]);
    expect(problem).toMatch(/profile signed-out: .*SSO session/);
    expect(problem).toContain('aws sso login --profile signed-out');
  });

  it('takes the region of an ARN for the one of an option, and of an option for any other', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKID');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    const regionOf = async (option?: string, arn?: string): Promise<string> =>
      (await connectAws({ region: option }, process.env, arn)).region;
    expect(await regionOf()).toBe('eu-north-1');
    expect(await regionOf('eu-west-1')).toBe('eu-west-1');
    expect(await regionOf('eu-west-1', 'us-east-2')).toBe('us-east-2');
  });

  it("takes an EC2 instance's role where its metadata answers", async () => {
    const { url, server } = await startMetadata();
    try {
      vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', url);
      const { credentials } = await connectAws({ region: 'eu-west-1' }, process.env);
      expect(await (credentials as () => Promise<unknown>)()).toMatchObject({
        accessKeyId: 'AKIDMETADATA',
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('asks no metadata where AWS_EC2_METADATA_DISABLED says so', async () => {
    const { url, server } = await startMetadata();
    try {
      vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', url);
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
      expect(await problemsOf(connectAws({ region: 'eu-west-1' }, process.env))).toHaveLength(1);
      expect(process.env['AWS_EC2_METADATA_DISABLED']).toBe('true');
    } finally {
      server.close();
    }
  });

  it('asks the process of a profile once for all clients', async () => {
    const asked = path.join(folder, 'asked');
    const script = path.join(folder, 'credentials.mjs');
    const answer = { Version: 1, AccessKeyId: 'AKIDPROCESS', SecretAccessKey: 's' };
    writeFileSync(
      script,
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(asked)}, 'x');
       console.log(${JSON.stringify(JSON.stringify(answer))});`,
    );
    const config = path.join(folder, 'process');
    writeFileSync(config, `[default]\ncredential_process = ${process.execPath} ${script}\n`);
    vi.stubEnv('AWS_CONFIG_FILE', config);
    const { credentials } = await connectAws({ region: 'eu-west-1' }, process.env);
    for (const _ of [1, 2]) {
      expect(await (credentials as () => Promise<unknown>)()).toMatchObject({
        accessKeyId: 'AKIDPROCESS',
      });
    }
    expect(readFileSync(asked, 'utf8')).toBe('x');
  });
});

describe('a command without region and credentials', () => {
  const terminal: Terminal = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
  };
  const commands: Readonly<Record<string, () => Promise<unknown>>> = {
    tune: () => runTune('my-fn', {}, terminal),
    'tune --embedded': () => runTune('my-fn', { embedded: true }, terminal),
    check: () => runCheck('my-fn', { base: 'live' }, terminal),
    restore: () => runRestore('my-fn', {}, terminal),
    'logs --function': () => logsCommand([], { function: 'my-fn' }, terminal),
    history: () => runHistory(['my-fn'], { since: '1d', by: 'insights', maxUsd: '1' }, terminal),
  };
  it.each(Object.entries(commands))(
    '%s says what to set, as wrong usage, and asks AWS nothing before',
    async (_, run) => {
      let requests = 0;
      const server = createServer((_request, response) => {
        requests += 1;
        response.writeHead(403).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
      try {
        const problems = await problemsOf(run());
        expect(problems).toHaveLength(2);
        expect(problems.join()).toMatch(/wanted an AWS region.*wanted AWS credentials/s);
        expect(requests).toBe(0);
      } finally {
        server.close();
      }
    },
  );
});
