// One export for each way a handler can end.
import { createHash } from 'node:crypto';

let calls = 0;

export const answers = async (event, context) => {
  console.log('one', { two: 2 });
  console.error('three');
  return {
    event,
    calls: (calls += 1),
    pid: process.pid,
    requestId: context.awsRequestId,
    functionName: context.functionName,
    memory: context.memoryLimitInMB,
    arn: context.invokedFunctionArn,
    remainingMs: context.getRemainingTimeInMillis(),
    clientContext: context.clientContext ?? null,
  };
};
export const variables = async () => process.env;
export const arguments_ = async () => process.execArgv;
export const synchronous = (event) => ({ synchronous: event });
export const callsBack = (event, context, callback) => {
  setTimeout(() => callback(null, 'called back'), 5);
};
export const callsBackWithError = (event, context, callback) => callback(new RangeError('by callback'));
// The answer waits for the timer, whose work is then seen in it.
export const waitsForEmptyLoop = (event, context, callback) => {
  const answer = { timers: 0 };
  setTimeout(() => (answer.timers += 1), 30);
  callback(null, answer);
};
export const doesNotWait = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  const answer = { timers: 0 };
  setTimeout(() => (answer.timers += 1), 60_000);
  callback(null, answer);
};
export const succeeds = (event, context) => context.succeed('succeeded');
export const fails = (event, context) => context.fail(new Error('failed'));
export const isDone = (event, context) => context.done(null, 'done');
export const neverAnswers = () => {};
export const returnsNothing = async () => {};
export const neverSettles = async () => new Promise(() => {});
export const circular = async () => {
  const circle = {};
  circle.circle = circle;
  return circle;
};
export const throwsError = async () => {
  throw new TypeError('thrown');
};
export const throwsString = async () => {
  throw 'a string';
};
export const throwsAtOnce = () => {
  throw new SyntaxError('thrown at once');
};
export const rejectsElsewhere = () =>
  new Promise(() => {
    Promise.reject(new Error('rejected elsewhere'));
  });
export const throwsElsewhere = () =>
  new Promise(() => {
    setImmediate(() => {
      throw new Error('thrown elsewhere');
    });
  });
export const exitsWith3 = () => process.exit(3);
export const exitsWith0 = () => process.exit(0);
export const killsItself = () => process.kill(process.pid, 'SIGSEGV');
export const crashesOnce = async () => {
  calls += 1;
  if (process.env.CRASHED_FILE === undefined) return { calls };
  const { existsSync, writeFileSync } = await import('node:fs');
  if (existsSync(process.env.CRASHED_FILE)) return { calls, initialisedAgain: true };
  writeFileSync(process.env.CRASHED_FILE, '');
  process.exit(1);
};
export const loopsForever = () => {
  for (;;);
};
export const sleepsForever = () => new Promise((resolve) => setTimeout(resolve, 1e6));
export const fillsMemory = async () => {
  const held = [];
  for (;;) {
    held.push(Buffer.alloc(4 * 2 ** 20, 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
// Uses the memory and has answered long before anybody looks.
export const fillsMemoryQuickly = async (event) => Buffer.alloc(event.mb * 2 ** 20, 1).length;
export const answersTooMuch = async () => 'x'.repeat(6_291_556);
// 5,000,000 two-byte characters in an event, and the same out again.
export const echoes = async (event) => event;
export const logsMuch = async () => {
  for (let line = 0; line < 5000; line += 1) console.log(`line ${line} ${'-'.repeat(100)}`);
  return 'logged';
};
// Spends processor time, not wall time: the answer says how much it really was.
export const spends = async (event) => {
  const start = process.cpuUsage();
  for (;;) {
    createHash('sha256').update('work').digest();
    const { user, system } = process.cpuUsage(start);
    if (user + system >= event.cpuMs * 1000) return { cpuMs: (user + system) / 1000 };
  }
};
export const tellsWhen = async (event) => {
  const fromMs = performance.timeOrigin + performance.now();
  await new Promise((resolve) => setTimeout(resolve, event.ms));
  return { fromMs, toMs: performance.timeOrigin + performance.now(), pid: process.pid };
};
export const tellsTemporary = async () => {
  const { tmpdir, homedir } = await import('node:os');
  return { tmpdir: tmpdir(), homedir: homedir(), cwd: process.cwd() };
};
// A child, a grandchild, and one that has left for a session of its own.
const startChildren = async () => {
  const { spawn } = await import('node:child_process');
  const { writeFileSync, renameSync } = await import('node:fs');
  // It starts nothing more once it has told: a shell that is stopped while it forks would be waiting for its
  // child, and not be in the state of a stopped one.
  const child = spawn('/bin/sh', ['-c', 'sleep 1000 & echo $!; wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const grandchild = await new Promise((resolve) => child.stdout.once('data', resolve));
  const away = spawn('sleep', ['1000'], { stdio: 'ignore', detached: true });
  const answer = {
    pids: [process.pid, child.pid, Number(grandchild), away.pid],
    api: process.env.AWS_LAMBDA_RUNTIME_API,
    mark: process.env.POWERDIAL_ENVIRONMENT,
  };
  if (process.env.ANSWER_FILE !== undefined) {
    writeFileSync(`${process.env.ANSWER_FILE}.new`, JSON.stringify(answer));
    renameSync(`${process.env.ANSWER_FILE}.new`, process.env.ANSWER_FILE);
  }
  return answer;
};
export const startsChildren = () => startChildren();
export const startsChildrenAndLoops = async () => {
  await startChildren();
  for (;;);
};
export const nested = { handler: async () => 'nested' };
export const notAFunction = 42;
