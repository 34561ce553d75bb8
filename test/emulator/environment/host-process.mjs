// A program of its own with a host in it, for tests to kill: prints what it has made, then waits.
// node host-process.mjs <handler> <cpu> idle|busy|exit|close
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// As it is built: to translate it in every process would take most of the test's time.
/** @type {typeof import('../../../src/emulator/environment/process-host.ts')} */
const { createProcessHost } = await import(
  pathToFileURL(path.resolve('dist/src/emulator/environment/process-host.js')).href
);

const [, , file = '', cpu = 'auto', how = 'idle'] = process.argv;
const host = await createProcessHost({
  handler: {
    kind: 'node',
    file,
    exportName: how === 'busy' ? 'startsChildrenAndLoops' : 'startsChildren',
  },
  cpu: /** @type {import('../../../src/emulator/environment/cpu-share.ts').CpuChoice} */ (cpu),
});
const invocation = host.invoke({
  settings: {
    functionName: 'f',
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
    version: '$LATEST',
    revisionId: '1',
    memoryMb: 1769,
    timeoutSeconds: 600,
    ephemeralStorageMb: 512,
    environment: { ANSWER_FILE: process.env['ANSWER_FILE'] ?? '' },
    logFormat: 'Text',
    systemLogLevel: 'INFO',
    logGroup: '/aws/lambda/f',
  },
  requestId: 'request',
  payload: Buffer.from('{}'),
});
// A handler that never answers has written its answer to the file.
if (how !== 'busy') process.stdout.write(`${(await invocation).payload.toString()}\n`);
else process.stdout.write('{}\n');
if (how === 'close') await host.close();
else if (how === 'exit') process.exit(0);
else await new Promise((resolve) => setTimeout(resolve, 1e8));
