import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { namesTmp } from '../../../src/emulator/environment/literal-tmp.ts';
import { invoke, METERS, startHost } from './start-host.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'scarce-things-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** 4 MB of `/tmp`, so that no test fills a disk. */
const settings = { ephemeralStorageMb: 4 };

describe.each(METERS)('by the meter %s', (meter) => {
  test('every environment has a folder of its own for temporary files, which goes with it', async () => {
    const host = await startHost('uses-up.mjs', { meter });
    const folders: string[] = [];
    for (const version of ['1', '2']) {
      const { json } = await invoke(host, { settings: { ...settings, version }, event: {} });
      folders.push(String(json['folder']));
    }
    expect(new Set(folders).size).toBe(2);
    expect(folders.every((each) => existsSync(each))).toBe(true);
    await host.close();
    expect(folders.some((each) => existsSync(each))).toBe(false);
  });

  test('an invocation fails whose environment keeps more in all its files than the ephemeral storage', async () => {
    const host = await startHost('uses-up.mjs', { meter });
    expect((await invoke(host, { settings, event: { mb: 3 } })).functionError).toBeNull();
    expect(host.peaks?.()).toMatchObject([{ memoryMb: 1769, ephemeralStorageMb: 3 }]);
    const full = await invoke(host, { settings, event: { mb: 6 } });
    expect(full.functionError).toBe('Unhandled');
    expect(full.json['errorMessage']).toBe(
      "ENOSPC: no space left on device (its /tmp holds 6 MB, the function's ephemeral storage is 4 MB)",
    );
    expect(host.peaks?.()).toMatchObject([{ ephemeralStorageMb: 6 }]);
  });

  test('no file can be larger than the ephemeral storage, also where it would be removed again', async () => {
    const host = await startHost('uses-up.mjs', { meter });
    const { json } = await invoke(host, {
      settings,
      event: { mb: 5, inOne: true, removes: true },
    });
    expect(json['errorMessage']).toMatch(/EFBIG/);
  });

  test('a process can have 1,024 files open and no more, and the most that were open are told where they can be known', async () => {
    const host = await startHost('uses-up.mjs', { meter });
    expect((await invoke(host, { settings, event: { files: 900 } })).functionError).toBeNull();
    const [peaks] = host.peaks?.() ?? [];
    if (meter === 'posix') expect(peaks?.fileDescriptors).toBeNull();
    else expect(peaks?.fileDescriptors).toBeGreaterThan(900);
    const { json } = await invoke(host, { settings, event: { files: 900 } });
    expect(json['errorMessage']).toMatch(/EMFILE/);
  });
});

test.each([
  ['app.mjs', "writeFileSync('/tmp/cache', text)", true],
  ['app.mjs', 'const folder = `/tmp`;', true],
  ['app.mjs', 'path.join(os.tmpdir(), "cache")', false],
  ['app.mjs', "import x from './tmp/x.mjs'; // in /tmp of Lambda", false],
  ['bootstrap', '#!/bin/sh\ncurl -o /tmp/body "$url"', true],
  ['bootstrap', '#!/bin/sh\nmktemp', false],
])('whether a handler names /tmp as it is shows in its text: %s with %j', (name, text, isNamed) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  expect(
    namesTmp(
      name === 'bootstrap'
        ? { kind: 'bootstrap', file }
        : { kind: 'node', file, exportName: 'handler' },
    ),
  ).toBe(isNamed);
});
