import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addTuneCommand } from '../../src/cli/tune/tune-command.ts';
import { WARNINGS } from '../../src/contract/shared/warnings/warning.ts';
import { inputSchema } from '../../src/contract/tune/input.ts';
import { OPTIONS } from '../../src/words/option-of-key.ts';

/** Lists that neither the compiler nor another test compares: what is added to one is missing in the other. */

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

const options = (() => {
  const program = new Command();
  addTuneCommand(program);
  return program.commands[0]?.options ?? [];
})();

test('every warning is raised somewhere', () => {
  const rooms = [
    ...['core', 'stages', 'api', 'cli', 'play', 'cloud', 'contract/tune', 'words/check'].map(
      (room) => `src/${room}`,
    ),
  ];
  const sources = rooms.flatMap(sourcesIn).join('\n');
  const unraised = Object.keys(WARNINGS).filter((code) => !sources.includes(`'${code}'`));
  expect(unraised).toEqual([]);
});

test('every option of tune is read under its own name', () => {
  const fields = [
    'src/cli/tune/tune-options.ts',
    'src/api/tune/target-options.ts',
    'src/api/shared/handler/handler-options.ts',
    'src/api/shared/project/template-options.ts',
  ].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name),
  );
  const given = options.map((option) => option.attributeName());
  expect([...new Set(given)].toSorted()).toEqual([...new Set(fields)].toSorted());
});

test('every key of the input that an option of tune sets is told by that option', () => {
  const known = new Set(options.flatMap(({ long }) => long ?? []));
  expect(Object.values(OPTIONS).filter((option) => !known.has(option))).toEqual([]);
  const told = new Set(Object.keys(OPTIONS).map((key) => key.split('.')[0]));
  // The function is an argument; the others are asked for by themselves, or by no option at all.
  const untold = ['function', 'dryRun', 'timeout', 'logPayloads', 'peer'];
  const keys = Object.keys(inputSchema.shape);
  expect(keys.filter((key) => !told.has(key)).toSorted()).toEqual(
    untold.filter((key) => keys.includes(key)).toSorted(),
  );
});
