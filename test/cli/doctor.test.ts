import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { PublishVersionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtRuns } from '../../src/cli/doctor/look-at-runs.ts';
import { lookAtPermissions } from '../../src/cli/doctor/look-at-permissions.ts';
import { NEEDED, NEEDED_FOR_RUNS, NOT_ASKED } from '../../src/cli/doctor/needed-permissions.ts';
import { TARGET_NAME } from '../flow/embedded-target.ts';
import { cloud, type Cloud } from './cloud-fixture.ts';
import { start } from './powerdial.ts';

interface Finding {
  readonly about: string;
  readonly state: string;
  readonly said: string;
  readonly todo: string;
}

let aws: Cloud;
let accounts: Server;
let asked: {
  readonly action: string;
  readonly body: URLSearchParams;
  readonly authorization: string;
}[];
/** Actions that IAM denies; `null`: IAM may not be asked. */
let denied: readonly string[] | null = [];
let stsAnswers = 200;

const ROLE = 'arn:aws:iam::123456789012:role/team/Developer';

/** STS and IAM on loopback, with the answers of their API references (2026-11). */
function answer(body: URLSearchParams): { readonly status: number; readonly xml: string } {
  const refused = (code: string) => ({
    status: 403,
    xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no &amp; again no</Message></Error></ErrorResponse>`,
  });
  switch (body.get('Action')) {
    case 'GetCallerIdentity':
      return stsAnswers === 200
        ? {
            status: 200,
            xml: '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Developer/zoe</Arn><UserId>A:zoe</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
          }
        : refused('ExpiredToken');
    case 'GetRole':
      return denied === null
        ? refused('AccessDenied')
        : {
            status: 200,
            xml: `<GetRoleResponse><GetRoleResult><Role><Path>/team/</Path><Arn>${ROLE}</Arn><RoleName>Developer</RoleName></Role></GetRoleResult></GetRoleResponse>`,
          };
    default: {
      if (denied === null) return refused('AccessDenied');
      const actions = [...body].flatMap(([key, value]) =>
        key.startsWith('ActionNames.member.') ? [value] : [],
      );
      const results = actions.map(
        (action) =>
          `<member><MatchedStatements/><MissingContextValues/><EvalResourceName>${body.get('ResourceArns.member.1')}</EvalResourceName><EvalDecision>${denied?.includes(action) === true ? 'implicitDeny' : 'allowed'}</EvalDecision><EvalActionName>${action}</EvalActionName></member>`,
      );
      return {
        status: 200,
        xml: `<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join('')}</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
      };
    }
  }
}

beforeAll(async () => {
  aws = await cloud({ workflows: { powerdial: { 'powerdial:tuner': '0.0.1' } } });
  accounts = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = new URLSearchParams(text);
      const { authorization = '' } = request.headers;
      asked.push({ action: body.get('Action') ?? '', body, authorization });
      const { status, xml } = answer(body);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    });
  });
  await new Promise<void>((resolve) => accounts.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  accounts.close();
  await aws.close();
});

async function doctor(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  asked = [];
  const url = `http://127.0.0.1:${(accounts.address() as AddressInfo).port}`;
  const env = { ...aws.env, AWS_ENDPOINT_URL_STS: url, AWS_ENDPOINT_URL_IAM: url, ...more };
  const before = await aws.snapshot();
  const ended = await start(['doctor', ...args, '--json'], { env }).ended;
  // It reads and changes nothing.
  expect(await aws.snapshot()).toEqual(before);
  const { findings } = JSON.parse(ended.stdout) as { readonly findings: readonly Finding[] };
  const of = (about: string) => findings.find((each) => each.about === about);
  return { ...ended, findings, of };
}

test('doctor tells the function, the caller, what is deployed and what the caller may do, by IAM’s simulation', async () => {
  denied = ['lambda:PublishVersion', 'lambda:GetPolicy'];
  const { code, findings, of } = await doctor([TARGET_NAME]);
  // Something is missing for tune.
  expect(code).toBe(2);
  expect(of('region')).toMatchObject({ state: 'ok', said: 'eu-west-1' });
  expect(of('identity')).toMatchObject({
    state: 'ok',
    said: 'arn:aws:sts::123456789012:assumed-role/Developer/zoe in account 123456789012',
  });
  expect(of('deployed')).toMatchObject({
    state: 'attention',
    said: expect.stringMatching(
      /stateMachine:powerdial is of version 0\.0\.1, this command of \d/,
    ) as string,
  });
  expect(of('function')).toMatchObject({ state: 'ok' });
  expect(of('triggers')).toMatchObject({ state: 'ok' });
  expect(of('runs')).toMatchObject({ state: 'ok', said: 'no run has left anything on it' });
  expect(of('tune')).toMatchObject({
    state: 'missing',
    said: expect.stringContaining('you may not lambda:PublishVersion') as string,
  });
  expect(of('check')).toMatchObject({ state: 'ok' });
  // It goes on without the triggers.
  expect(of('history')).toMatchObject({ state: 'attention' });
  for (const each of findings) expect(each.todo).not.toBe('');
  // The role's ARN has a path that its session does not tell, and IAM is asked about the role.
  const simulated = asked.filter(({ action }) => action === 'SimulatePrincipalPolicy');
  expect(simulated.map(({ body }) => body.get('PolicySourceArn'))).toEqual(
    simulated.map(() => ROLE),
  );
  expect(simulated.map(({ body }) => body.get('ResourceArns.member.1'))).toContain(
    `arn:aws:lambda:eu-west-1:123456789012:function:${TARGET_NAME}`,
  );
  for (const { authorization } of simulated) {
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=any\/\d{8}\/us-east-1\/iam\//);
  }
});

test('Where IAM may not be asked, doctor tries reads and a dry run alone, and leaves changes unknown', async () => {
  denied = null;
  const { code, of } = await doctor([TARGET_NAME]);
  expect(code).toBe(0);
  expect(of('tune')).toMatchObject({
    state: 'unknown',
    said: expect.stringMatching(
      /^whether you may lambda:UpdateFunctionConfiguration, lambda:PublishVersion, lambda:DeleteFunction is not known/,
    ) as string,
  });
  expect(of('check')).toMatchObject({ state: 'ok' });
  expect(of('permissions')).toMatchObject({ state: 'unknown' });
  // An execution that does not exist was read, and nothing was started.
  expect(of('deployed-runs')).toMatchObject({
    state: 'unknown',
    said: 'whether you may states:StartExecution on what is deployed is not known',
  });
});

test('doctor tells whether runs of the deployed workflow may be started, followed and stopped', async () => {
  denied = ['states:StartExecution', 'states:StopExecution'];
  const { code, of } = await doctor([]);
  expect(code).toBe(2);
  expect(of('deployed-runs')).toMatchObject({
    state: 'missing',
    said: 'you may not states:StartExecution on what is deployed',
    todo: expect.stringContaining('--embedded') as string,
  });
  // The actions on a state machine and on its executions are asked about with the ARNs of each.
  const resourceOf = (action: string) =>
    asked
      .find(({ body }) => [...body.values()].includes(action))
      ?.body.get('ResourceArns.member.1');
  expect(resourceOf('states:StartExecution')).toMatch(/:stateMachine:powerdial$/);
  expect(resourceOf('states:StopExecution')).toMatch(/:execution:powerdial:\*$/);
});

test('doctor names a mark that a run left, and the command that puts the function back', async () => {
  denied = [];
  const settings = { FunctionName: TARGET_NAME };
  const now = `[powerdial run-7 #2 set 1024MB/60s was 512MB/30s until 2026-01-01T00:00Z] takes orders`;
  const { lambda } = aws;
  await lambda.send(new UpdateFunctionConfigurationCommand({ ...settings, Description: now }));
  const { of } = await doctor([TARGET_NAME]);
  expect(of('runs')).toEqual({
    about: 'runs',
    state: 'attention',
    said: "a run's mark is on it: run-7 (at work until 2026-01-01T00:00Z by its own word)",
    todo: `wait for the run; if it is dead: powerdial restore ${TARGET_NAME}`,
  });
  await lambda.send(new UpdateFunctionConfigurationCommand({ ...settings, Description: '' }));
  await lambda.send(new PublishVersionCommand(settings));
});

test('doctor tells a function that is not there, credentials that AWS refuses, and a proxy that nothing goes by', async () => {
  stsAnswers = 403;
  const { code, of } = await doctor(['nowhere'], { HTTPS_PROXY: 'http://127.0.0.1:1' });
  stsAnswers = 200;
  expect(code).toBe(2);
  expect(of('function')).toMatchObject({
    state: 'missing',
    todo: expect.stringContaining('--region') as string,
  });
  expect(of('identity')).toMatchObject({
    state: 'missing',
    said: 'AWS does not take these credentials: ExpiredToken: no & again no',
  });
  expect(of('proxy')).toMatchObject({
    state: 'attention',
    said: expect.stringContaining('HTTPS_PROXY is set, and the AWS SDK') as string,
  });
});

test('doctor without region and credentials says what to set, in one line each', async () => {
  const env = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    LC_ALL: 'C.UTF-8',
    AWS_REGION: '',
    AWS_DEFAULT_REGION: '',
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
  };
  const { code, stdout, stderr } = await start(['doctor'], { env }).ended;
  expect(code).toBe(2);
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/^[✓!✗?] \w+ .+ → .+$/);
  expect(lines.find((line) => line.includes(' region '))).toMatch(/✗ .*name it with --region/);
  expect(lines.find((line) => line.includes(' credentials '))).toMatch(/✗ .*sign in/);
  expect(lines.find((line) => line.includes(' cpu '))).toMatch(/CPU shares of --local/);
});

test('doctor keeps why a profile gives no credentials apart from what to do about it', async () => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const ended = await start(['doctor', '--profile', 'payments', '--json'], { env }).ended;
  expect(ended.code, ended.stderr).toBe(2);
  const { findings } = JSON.parse(ended.stdout) as { readonly findings: readonly Finding[] };
  const credentials = findings.find(({ about }) => about === 'credentials');
  expect(credentials).toMatchObject({ state: 'missing' });
  expect(credentials?.said).toMatch(/^wanted AWS credentials of profile payments(, |: )\S/);
  expect(credentials?.todo).toMatch(/^sign in \(aws login --profile payments/);
});

test('every action of AWS that the command asks for is one that doctor looks at, or is named as left out', () => {
  const files = readdirSync('src/aws').map((file) => readFileSync(`src/aws/${file}`, 'utf8'));
  const actions = files.flatMap((text) =>
    [...text.matchAll(/'((?:lambda|logs|states|s3|sqs):[A-Za-z]+)'/g)].map(
      ([, action = '']) => action,
    ),
  );
  const known = new Set([
    ...[...NEEDED, ...NEEDED_FOR_RUNS].map(({ action }) => action),
    ...NOT_ASKED,
  ]);
  expect([...new Set(actions)].filter((action) => !known.has(action))).toEqual([]);
  expect([...known].filter((action) => !actions.includes(action))).toEqual([]);
});

test('doctor warns where runs can be started but not followed or stopped, and asks for no permission where nothing is deployed', () => {
  const allowed = new Map(
    NEEDED_FOR_RUNS.map(({ action, goesOnWithout }) => [action, !goesOnWithout]),
  );
  const [told] = lookAtRuns(
    ['arn:aws:states:eu-west-1:123456789012:stateMachine:powerdial'],
    allowed,
  );
  expect(told).toMatchObject({
    state: 'attention',
    said: expect.stringContaining('states:GetExecutionHistory, states:StopExecution') as string,
  });
  const all = new Map(NEEDED_FOR_RUNS.map(({ action }) => [action, true]));
  expect(lookAtRuns(['arn'], all)).toMatchObject([{ state: 'ok' }]);
  expect(lookAtRuns([], new Map())).toEqual([]);
});

test('doctor calls a permission unknown, and never allowed, where nothing is known of it', () => {
  const nothing = { allowed: new Map<string, boolean>(), how: 'nobody was asked', isWhole: false };
  const told = lookAtPermissions(nothing, null);
  expect(told.map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'unknown'));
});
