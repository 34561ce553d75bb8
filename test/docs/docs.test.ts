import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { generatedParts } from '../../src/report/docs/generated-parts.ts';

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Fenced `sh` blocks; a comment `<!-- not run: reason -->` before one says why it is not run. */
function commandsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const blocks = text.matchAll(/(<!-- not run: [^\n]+ -->\n\s*)?```sh\n([\s\S]*?)```/g);
  return [...blocks]
    .filter((block) => block[1] === undefined)
    .flatMap((block) => (block[2] ?? '').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
}

const commands = documents.flatMap((file) =>
  commandsOf(file).map((command) => [file, command] as const),
);

/** A check of real processes may find, once in a hundred, that noise is a regression: its rate of false alarms. */
function exitCodesOf(command: string): readonly number[] {
  return /^npx powerdial check .*--local/.test(command) ? [0, 1] : [0];
}

test('the documents hold commands to run', () => {
  expect(commands.length).toBeGreaterThan(4);
});

test.each(commands)('a command that %s shows runs as it stands: %s', (_, command) => {
  const run = command.replace(/^powerdial /, `${process.execPath} dist/src/cli/main.js `);
  expect(run).not.toBe(command);
  const { status, stderr } = spawnSync('sh', ['-c', run], { encoding: 'utf8', timeout: 170_000 });
  expect(stderr).not.toMatch(/problem|error/i);
  expect(exitCodesOf(command)).toContain(status);
});

test.each(Object.entries(generatedParts()))(
  '%s is up to date; if not: npm run build && npm run docs',
  (file, parts) => {
    const text = readFileSync(file, 'utf8');
    const squeezed = (table: string): string => table.replace(/ +/g, ' ').replace(/-+/g, '-');
    for (const [name, content] of Object.entries(parts)) {
      expect(squeezed(text), name).toContain(squeezed(content));
    }
  },
);

test('every link to a file of the project leads somewhere', () => {
  const broken = documents.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(path.join(path.dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});
