import { request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RuntimeApi, type RuntimeSignal } from '../../src/emulator/environment/runtime-api.ts';
import { startLambdaEndpoint, type LambdaEndpoint } from '../../src/emulator/lambda/endpoint.ts';
import {
  startStepFunctionsEndpoint,
  type StepFunctionsEndpoint,
} from '../../src/emulator/step-functions/endpoint.ts';
import { echoHost, type EchoHost } from './lambda/echo-host.ts';
import { ORDERS } from './lambda/lambda-fixture.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const JSON_1_1 = 'application/x-amz-json-1.1';

let host: EchoHost;
let lambda: LambdaEndpoint;
let states: StepFunctionsEndpoint;
let runtime: RuntimeApi;
const signals: RuntimeSignal[] = [];

beforeAll(async () => {
  host = echoHost();
  lambda = await startLambdaEndpoint({
    functions: [{ ...ORDERS, host }],
    queues: [{ arn: QUEUE, visibilityTimeoutSeconds: 30 }],
    objects: { 's3://payloads/orders.json': '{"id":1}' },
  });
  states = await startStepFunctionsEndpoint({ stateMachines: [] });
  runtime = await RuntimeApi.create((signal) => signals.push(signal));
});

afterAll(async () => {
  await lambda.close();
  await states.close();
  await runtime.close();
});

interface Call {
  readonly url: () => string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What it answers when nothing is wrong with the request. */
  readonly status: number;
}

const target = (name: string) => ({ 'x-amz-target': name, 'content-type': JSON_1_1 });

/** One request for each service that listens on loopback. */
const CALLS: Readonly<Record<string, Call>> = {
  Lambda: {
    url: () => lambda.url,
    method: 'POST',
    path: '/2015-03-31/functions/orders/invocations',
    body: '{}',
    status: 200,
  },
  'CloudWatch Logs': {
    url: () => lambda.url,
    method: 'POST',
    path: '/',
    headers: target('Logs_20140328.FilterLogEvents'),
    body: '{"logGroupName":"/aws/lambda/orders"}',
    status: 200,
  },
  SQS: {
    url: () => lambda.url,
    method: 'POST',
    path: '/',
    headers: target('AmazonSQS.GetQueueAttributes'),
    body: '{"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/orders"}',
    status: 200,
  },
  S3: {
    url: () => lambda.url,
    method: 'GET',
    path: '/payloads/orders.json?x-id=GetObject',
    status: 200,
  },
  'Step Functions': {
    url: () => states.url,
    method: 'POST',
    path: '/',
    headers: target('AWSStepFunctions.ListStateMachines'),
    body: '{}',
    status: 200,
  },
  'the Runtime API': {
    url: () => `http://${runtime.address}`,
    method: 'POST',
    path: '/2018-06-01/runtime/init/error',
    body: '{}',
    status: 202,
  },
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request with exactly these headers; `fetch` would not let a test set Host or Origin. */
function send(call: Call, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${call.url()}${call.path}`,
      { method: call.method, headers: { ...call.headers, ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(call.body);
  });
}

const FOREIGN: readonly [string, Readonly<Record<string, string>>, RegExp][] = [
  ['the Origin of a page', { origin: 'https://shop.example' }, /Origin: https:\/\/shop\.example/],
  ['the opaque Origin of a sandboxed page', { origin: 'null' }, /Origin: null/],
  ['the Origin of another port', { origin: 'http://localhost:3000' }, /localhost:3000/],
  ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, /Sec-Fetch-Site: cross-site/],
  ['a same-site fetch', { 'sec-fetch-site': 'same-site' }, /Sec-Fetch-Site: same-site/],
  ['a same-origin fetch, as after rebinding', { 'sec-fetch-site': 'same-origin' }, /same-origin/],
  ['the Host of a rebound name', { host: 'shop.example:8080' }, /Host is shop\.example:8080/],
];

const REFUSED = Object.keys(CALLS).flatMap((service) =>
  FOREIGN.map(([what, headers, said]) => [service, what, headers, said] as const),
);

test.each(REFUSED)('%s refuses a request with %s', async (service, _, headers, said) => {
  const { status, text } = await send(CALLS[service] as Call, headers);
  expect(status).toBe(403);
  const { message } = JSON.parse(text) as { message: string };
  expect(message).toMatch(said);
  expect(message).toMatch(/answers no web page[^]*http:\/\/127\.0\.0\.1/);
});

test('no refused request reaches a function or an environment', async () => {
  const before = host.invocations.length;
  const told = signals.length;
  for (const call of Object.values(CALLS)) {
    for (const [, headers] of FOREIGN) await send(call, headers);
  }
  expect(host.invocations).toHaveLength(before);
  expect(signals).toHaveLength(told);
});

test.each(Object.keys(CALLS))('%s gives a page no leave by CORS', async (service) => {
  const { url, path } = CALLS[service] as Call;
  const preflight = { url, path, method: 'OPTIONS', status: 403 };
  const { status, headers } = await send(preflight, {
    origin: 'https://shop.example',
    'access-control-request-method': 'POST',
  });
  expect(status).toBe(403);
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test.each([
  '127.0.0.1',
  '127.0.0.1:9999',
  '127.255.0.254:1',
  'localhost',
  'LOCALHOST:8080',
  'lambda.localhost:8080',
  '[::1]:8080',
])('every service answers a request to Host %s', async (name) => {
  for (const [service, call] of Object.entries(CALLS)) {
    // With S3 the name before .localhost is the bucket.
    if (service === 'S3' && name.includes('.localhost')) continue;
    expect((await send(call, { host: name })).status, service).toBe(call.status);
  }
});

test.each([
  '127.0.0.1.shop.example',
  '127.0.0.256',
  '0.0.0.0:8080',
  '10.0.0.1',
  'localhost.shop.example',
  'notlocalhost',
  '[::ffff:10.0.0.1]',
  'localhost:8080@shop.example',
])('no service answers a request to Host %s', async (name) => {
  for (const [service, call] of Object.entries(CALLS)) {
    expect((await send(call, { host: name })).status, service).toBe(403);
  }
});

test('a request that the user typed is answered', async () => {
  const { status } = await send(CALLS['Lambda'] as Call, { 'sec-fetch-site': 'none' });
  expect(status).toBe(200);
});

test('S3 finds an object by the bucket in the Host, as SDKs ask a named endpoint', async () => {
  const call = { ...(CALLS['S3'] as Call), path: '/orders.json?x-id=GetObject' };
  const { status, text } = await send(call, { host: 'payloads.localhost:4566' });
  expect([status, text]).toEqual([200, '{"id":1}']);
});
