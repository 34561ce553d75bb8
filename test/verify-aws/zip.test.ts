import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { zipOf } from '../../scripts/verify-aws/zip.ts';

const python = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!python)(
  'the zip file of the throw-away function is one that Python reads without complaint (needs Python)',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'powerdial-zip-'));
    try {
      const content = 'export const handler = () => "ä";\n'.repeat(50);
      const file = path.join(folder, 'code.zip');
      writeFileSync(file, zipOf('index.mjs', Buffer.from(content)));
      const program = `
import sys, zipfile, json
with zipfile.ZipFile(sys.argv[1]) as z:
    i = z.infolist()[0]
    print(json.dumps([z.testzip(), z.namelist(), z.read("index.mjs").decode(), oct(i.external_attr >> 16), list(i.date_time)]))
`;
      const { stdout, stderr } = spawnSync('python3', ['-c', program, file], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual([
        null,
        ['index.mjs'],
        content,
        '0o100644',
        [1980, 1, 1, 0, 0, 0],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
