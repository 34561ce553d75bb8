import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

const FOLDER = '.github';
const FILES = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yml'))
  .map((name) => path.join(FOLDER, name));
const WORKFLOWS = FILES.filter((file) => file.includes('workflows'));
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Actions that workflows may use: whoever adds one here looks up that its repository and its tag exist. */
const ACTIONS: ReadonlySet<string> = new Set([
  'actions/checkout@v4',
  'actions/setup-node@v4',
  'actions/upload-artifact@v4',
  'actions/attest-build-provenance@v2',
]);

const read = (file: string): unknown => parse(readFileSync(file, 'utf8'));

/** Every `npm run` of a text, by its name. */
function scriptsIn(text: string): readonly string[] {
  return [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
}

describe('what GitHub reads', () => {
  test.each(FILES)('%s is YAML', (file) => {
    expect(read(file)).toEqual(expect.any(Object));
  });

  test.each(WORKFLOWS)('%s uses actions that exist, and runs scripts that exist', (file) => {
    const steps = Object.values((read(file) as Workflow).jobs).flatMap((job) => job.steps);
    expect(steps.length).toBeGreaterThan(0);
    for (const { uses, run = '' } of steps) {
      if (uses?.startsWith('./')) expect(existsSync(path.join(uses, 'action.yml'))).toBe(true);
      else if (uses !== undefined) expect(ACTIONS).toContain(uses);
      for (const name of scriptsIn(run)) expect(Object.keys(scripts)).toContain(name);
    }
  });

  test('the forms for issues have what GitHub asks of a form', () => {
    for (const file of FILES.filter((name) => /ISSUE_TEMPLATE.(?!config)/.test(name))) {
      const form = read(file) as {
        name: string;
        description: string;
        body: { id?: string; type: string }[];
      };
      expect(form.name.length * form.description.length).toBeGreaterThan(0);
      const ids = form.body.filter(({ type }) => type !== 'markdown').map(({ id }) => id);
      expect(ids.every((id) => id !== undefined)).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

test('every script, file and folder that CONTRIBUTING.md names exists', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8');
  for (const name of scriptsIn(text)) expect(Object.keys(scripts)).toContain(name);
  const named = [...text.matchAll(/`((?:src|test|docs|infra|state-machine)\/[\w./-]+)`/g)];
  expect(named.length).toBeGreaterThan(15);
  for (const [, file = ''] of named) expect(existsSync(file), file).toBe(true);
});
