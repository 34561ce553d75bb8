import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, inject, test, vi } from 'vitest';
import { broughtPackages } from '../../../src/emulator/environment/brought-packages.ts';
import {
  locateHandler,
  type HandlerLocation,
} from '../../../src/emulator/environment/handler-location.ts';
import { createProcessHost } from '../../../src/emulator/environment/process-host.ts';
import { invoke } from './start-host.ts';

const [python] = inject('machine').pythons;
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'find-python-')));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const file = (name: string, text: string, mode = 0o644) => {
  const place = path.join(folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
  chmodSync(place, mode);
  return place;
};

/** An interpreter that tells of itself what it is told to, and can do nothing else. */
const pretendPython = (name: string, facts: Readonly<Record<string, unknown>>) => {
  const told = { executable: path.join(folder, name), base: null, userPackages: null, boto3: null };
  return file(name, `#!/bin/sh\necho '${JSON.stringify({ ...told, ...facts })}'\n`, 0o755);
};

const HANDLER = 'def lambda_handler(event, context):\n    return 1\n';

async function pythonOf(spec: string, named?: string) {
  const located = await locateHandler(spec, undefined, named);
  if (located.kind === 'problem') return located.message;
  const { location } = located;
  return location.kind === 'python' ? location : 'no Python';
}

async function run(location: HandlerLocation, event: unknown = {}) {
  const host = await createProcessHost({ handler: location });
  try {
    return await invoke(host, { event });
  } finally {
    await host.close();
  }
}

test('A handler in Python runs with the interpreter that is named, then VIRTUAL_ENV, then its project’s, then python3', async () => {
  const handler = file('order/src/app.py', HANDLER);
  pretendPython('order/elsewhere/bin/python', { version: [3, 12, 1] });
  pretendPython('order/bin/python3', { version: [3, 10, 4] });
  const named = pretendPython('order/named', { version: [3, 13, 0] });
  vi.stubEnv('VIRTUAL_ENV', '');
  vi.stubEnv('PATH', path.join(folder, 'order/bin'));
  const origin = async (by?: string) => {
    const found = await pythonOf(handler, by);
    return typeof found === 'string'
      ? found
      : [found.interpreter.origin, found.interpreter.version];
  };
  expect(await origin()).toEqual(['PATH', '3.10.4']);
  pretendPython('order/src/venv/bin/python', { version: [3, 11, 9] });
  expect(await origin()).toEqual(['project', '3.11.9']);
  pretendPython('order/src/.venv/bin/python', { version: [3, 11, 8] });
  expect(await origin()).toEqual(['project', '3.11.8']);
  vi.stubEnv('VIRTUAL_ENV', path.join(folder, 'order/elsewhere'));
  expect(await origin()).toEqual(['VIRTUAL_ENV', '3.12.1']);
  vi.stubEnv('VIRTUAL_ENV', path.join(folder, 'order/removed'));
  expect(await origin()).toEqual(['project', '3.11.8']);
  expect(await origin(named)).toEqual(['option', '3.13.0']);
  // The folder of a virtual environment, and a name on PATH.
  expect(await origin(path.join(folder, 'order/elsewhere'))).toEqual(['option', '3.12.1']);
  expect(await origin('python3')).toEqual(['option', '3.10.4']);
});

test.each([
  ['3.8.18', [3, 8, 18]],
  ['2.7.18', [2, 7, 18]],
])('A Python older than 3.9 is refused with what to name instead: %s', async (text, version) => {
  const handler = file('old/app.py', HANDLER);
  const old = pretendPython(`old/python-${text}`, { version });
  expect(await pythonOf(handler, old)).toBe(
    `wanted Python 3.9 or later, as Lambda has it, for ${handler}; ${old}, named by --python, is ${text}. Name one of 3.9 or later: --python /path/to/python3.13`,
  );
});

test('A handler in Python without a Python that runs is refused with what to do', async () => {
  const handler = file('none/app.py', HANDLER);
  vi.stubEnv('VIRTUAL_ENV', '');
  vi.stubEnv('PATH', path.join(folder, 'none'));
  expect(await pythonOf(handler)).toMatch(/no python3 on PATH that runs\. Install one, or name it/);
  const broken = file('none/broken', '#!/bin/sh\nexit 1\n', 0o755);
  expect(await pythonOf(handler, broken)).toMatch(
    /wanted a Python that runs, .*none\/broken, named by --python, does not/,
  );
});

describe.skipIf(python === undefined)('where a handler in Python is found', () => {
  file('shop/orders/app.py', HANDLER);
  file('shop/lines/__init__.py', HANDLER);
  file('shop/package/inner/app.py', HANDLER);
  file('shop/package/__init__.py', '');
  file('shop/package/inner/__init__.py', '');
  const at = (name: string) => path.join(folder, name);

  test.each([
    ['app.py', 'shop/orders/app.py', 'shop/orders', 'app', 'lambda_handler'],
    ['app.py#other', 'shop/orders/app.py#other', 'shop/orders', 'app', 'other'],
    [
      'a module of a package',
      'shop/package/inner/app.py',
      'shop',
      'package/inner/app',
      'lambda_handler',
    ],
    [
      'Lambda’s notation by its full path',
      'shop/orders/app.handler',
      'shop/orders',
      'app',
      'handler',
    ],
  ])(
    'A Python handler counts from its own folder, outside of its package: %s',
    async (_, spec, root, module, exportName) => {
      expect(await pythonOf(at(spec), python)).toMatchObject({
        root: at(root),
        module,
        exportName,
      });
    },
  );

  test.each([
    ['orders/app.handler', 'orders/app.py', 'orders/app'],
    ['orders.app.handler', 'orders/app.py', 'orders/app'],
    ['lines.handler', 'lines/__init__.py', 'lines'],
    ['package/inner/app.py#handler', 'package/inner/app.py', 'package/inner/app'],
  ])('A Python handler counts from the root: %s', async (spec, own, module) => {
    const located = await locateHandler(spec, at('shop'), python);
    expect(located).toMatchObject({
      kind: 'found',
      location: { file: at(`shop/${own}`), root: at('shop'), module, exportName: 'handler' },
      runtime: expect.stringMatching(/^python3\.\d+$/) as string,
    });
  });

  test('A Python handler outside of the root is refused, as Python would import nothing from there', async () => {
    const located = await locateHandler(at('shop/orders/app.py'), at('shop/package'), python);
    expect(located).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining('does not lie in the root') as string,
    });
    expect(await locateHandler(`${at('shop/orders/app.py')}#`)).toMatchObject({
      message: expect.stringContaining('names no export') as string,
    });
  });

  test('Packages come from the function’s folder first, then from its layers, then from the interpreter', async () => {
    const handler = file(
      'layers/app.py',
      'import first, second, third\n\n\ndef lambda_handler(event, context):\n    return [each.WHERE for each in (first, second, third)]\n',
    );
    file('layers/first.py', 'WHERE = "own"');
    const found = await pythonOf(handler, python);
    if (typeof found === 'string') throw new Error(found);
    const version = `python3.${found.interpreter.minor}`;
    for (const [place, names] of [
      ['', ['first', 'second', 'third']],
      [`lib/${version}/site-packages/`, ['first', 'second']],
    ] as const) {
      for (const name of names) file(`opt/python/${place}${name}.py`, `WHERE = "layer/${place}"`);
    }
    const { json } = await run({ ...found, layers: [at('opt'), at('nowhere')] });
    expect(json).toEqual(['own', `layer/lib/${version}/site-packages/`, 'layer/']);
  });

  test('boto3 of the machine is lent to a virtual environment that has none, and nothing else of it', async () => {
    const handler = file(
      'lent/app.py',
      'import boto3\n\n\ndef lambda_handler(event, context):\n    try:\n        import hidden\n    except ImportError as error:\n        return [boto3.WHERE, str(error)]\n',
    );
    const environment = at('lent/.venv');
    execFileSync(python ?? '', ['-m', 'venv', '--without-pip', environment]);
    const found = await pythonOf(handler, environment);
    if (typeof found === 'string') throw new Error(found);
    expect(found.interpreter).toMatchObject({ boto3: null, origin: 'option' });
    file('machine/boto3/__init__.py', 'from boto3 import part\n\nWHERE = part.WHERE\n');
    file('machine/boto3/part.py', 'WHERE = "machine"\n');
    file('machine/hidden.py', '');
    const lentBoto3 = { folder: at('machine'), version: '1.2.3' };
    const lent = { ...found, interpreter: { ...found.interpreter, lentBoto3 } };
    expect((await run(lent)).json).toEqual(['machine', "No module named 'hidden'"]);
    expect(broughtPackages(lent)).toEqual([{ name: 'boto3', version: '1.2.3' }]);
    const without = { ...found, interpreter: { ...found.interpreter, lentBoto3: null } };
    expect((await run(without)).json).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
    expect(broughtPackages(without)).toEqual([{ name: 'boto3', version: null }]);
    // The project's own is nobody's to replace.
    file('lent/boto3/__init__.py', 'WHERE = "project"\n');
    expect((await run(lent)).json).toEqual(['project', "No module named 'hidden'"]);
    expect(broughtPackages(lent)).toEqual([]);
  });

  test('The interpreter that a virtual environment was made of lends the boto3 that it has', async () => {
    const handler = file('made/app.py', HANDLER);
    const base = pretendPython('made/base', {
      version: [3, 11, 9],
      boto3: { folder: '/base', version: '1.0.0' },
    });
    const of = (minor: number) =>
      pretendPython(`made/python-${minor}`, { version: [3, minor, 1], base });
    vi.stubEnv('PATH', at('made'));
    expect(await pythonOf(handler, of(11))).toMatchObject({
      interpreter: { lentBoto3: { folder: '/base', version: '1.0.0' } },
    });
    // Of another version it may not load.
    expect(await pythonOf(handler, of(12))).toMatchObject({ interpreter: { lentBoto3: null } });
  });

  test('Running a handler in Python leaves no compiled files beside it', async () => {
    const handler = file('clean/app.py', `import beside\n${HANDLER}`);
    file('clean/beside.py', '');
    const found = await pythonOf(handler, python);
    if (typeof found === 'string') throw new Error(found);
    expect((await run(found)).text).toBe('1');
    expect(execFileSync('ls', ['-A', at('clean')]).toString()).toBe('app.py\nbeside.py\n');
  });
});
