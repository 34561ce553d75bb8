import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { expect, inject, test } from 'vitest';
import { addCheckCommand } from '../../src/cli/check/check-command.ts';
import { addCompareCommand } from '../../src/cli/check/compare-command.ts';
import { addDoctorCommand } from '../../src/cli/doctor/doctor-command.ts';
import { addHistoryCommand } from '../../src/cli/history/history-command.ts';
import { addLogsCommand } from '../../src/cli/logs/logs-command.ts';
import { addProposeCommand } from '../../src/cli/propose/propose-command.ts';
import { addRestoreCommand } from '../../src/cli/restore/restore-command.ts';
import { addServeCommand } from '../../src/cli/serve/serve-command.ts';
import { addTemplateCommand } from '../../src/cli/template/template-command.ts';
import { addTuneCommand } from '../../src/cli/tune/tune-command.ts';
import { generatedParts } from '../../src/report/docs/generated-parts.ts';

const documents = [
  'README.md',
  'examples/README.md',
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

/** Handlers in Python take one that runs them. */
const runsHere = commands.filter(
  ([, command]) => inject('machine').pythons.length > 0 || !command.includes('.py '),
);

test.each(runsHere)('a command that %s shows runs as it stands: %s', (_, command) => {
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

/** What `npm pack` puts into the package: files and folders. */
const SHIPPED = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { readonly files: readonly string[] }
).files;

const isShipped = (file: string): boolean =>
  SHIPPED.some((each) => file === each || file.startsWith(`${each}/`)) ||
  ['package.json', 'README.md', 'LICENSE'].includes(file) ||
  (SHIPPED.includes('docs/*.schema.json') && /^docs\/[\w.]+\.schema\.json$/.test(file));

test('every file that the documents link is there', () => {
  const linked = documents.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => path.join(path.dirname(file), target)),
  );
  expect(linked.length).toBeGreaterThan(10);
  expect(linked.filter((file) => !existsSync(file))).toEqual([]);
});

test('every file that a documented command takes is in the package', () => {
  const named = commands.flatMap(([, command]) =>
    command.split(/[\s=]+/).filter((word) => existsSync(word)),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((file) => !isShipped(file))).toEqual([]);
});

test('every document that the command names to its user is in the package', () => {
  const named = ['src', 'infra'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      // What writes documents is no sentence of the command.
      .filter((file) => file.endsWith('.ts') && !file.startsWith('report/docs/'))
      .flatMap((file) => documentsNamedIn(readFileSync(path.join(room, file), 'utf8'))),
  );
  expect(named).toContain('docs/security.md');
  expect([...new Set(named)].filter((file) => !isShipped(file))).toEqual([]);
});

/** Comments are read in the repository, where all documents are. */
function documentsNamedIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return code.match(/\bdocs\/[\w.-]+\.(?:md|json)\b/g) ?? [];
}

test('every option that the documents give a command is one of that command', () => {
  const program = new Command();
  for (const add of [
    ...[addTuneCommand, addCheckCommand, addCompareCommand, addLogsCommand],
    ...[addHistoryCommand, addProposeCommand, addRestoreCommand, addServeCommand],
    ...[addTemplateCommand, addDoctorCommand],
  ]) {
    add(program);
  }
  const known = new Map(
    program.commands.map((each) => [each.name(), each.options.map(({ long }) => long ?? '')]),
  );
  const unknown = [...documents, 'CHANGELOG.md'].flatMap((file) =>
    usesIn(readFileSync(file, 'utf8'))
      .filter(
        ([command, option]) =>
          option !== '--help' && known.get(command)?.includes(option) === false,
      )
      .map(([command, option]) => `${file}: powerdial ${command} ${option}`),
  );
  expect(unknown).toEqual([]);
  expect(known.size).toBe(10);
});

/** The options of every `powerdial <command> …` in code, inline or in a block: command and option. */
function usesIn(text: string): readonly (readonly [string, string])[] {
  const code = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^([^`\n]*powerdial .*)$/gm)];
  return code.flatMap(([, part = '']) => {
    const [, command, rest = ''] = /\bpowerdial ([a-z]+)\b([^`|;]*)/.exec(part) ?? [];
    if (command === undefined) return [];
    const beforeComment = rest.replace(/\s#.*$/, '');
    return [...beforeComment.matchAll(/(?<=\s)--[a-z][a-z-]*/g)].map(
      ([option]) => [command, option] as const,
    );
  });
}

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
