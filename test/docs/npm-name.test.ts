import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Everything that people read, copy from or run, and that the project itself wrote. */
const PLACES = [
  'README.md',
  'CHANGELOG.md',
  'action.yml',
  'package.json',
  'docs',
  'examples',
  'src',
  'infra',
  'scripts',
  'state-machine',
];

function filesIn(place: string): readonly string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(place, name))
    .filter((file) => statSync(file).isFile());
}

/** What asks the registry for our name, and takes whatever somebody registered under it. */
const BY_NAME =
  /(?:npx|npm exec|pnpm dlx|bunx|yarn dlx|npm (?:i|install|add)|pnpm add|yarn add)(?: +-[\w-]+)* +powerdial\b(?!@\d)/g;

/** A sentence that warns of it may name it. */
const WARNING = /(?:[Dd]o not run|no longer use|never) `$/;

test.each([
  ['npx powerdial tune orders', true],
  ['npx --yes powerdial check', true],
  ['npm install --save-dev powerdial', true],
  ['npx --yes powerdial@0.1.0 check', false],
  ['npx cdk deploy', false],
  ['powerdial tune orders', false],
])('the pattern sees "%s": %s', (text, isSeen) => {
  expect(text.match(BY_NAME) !== null).toBe(isSeen);
});

test("nothing runs or installs powerdial from npm without a version: the name may be anybody's", () => {
  const found = PLACES.flatMap(filesIn).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(BY_NAME)]
      .filter(({ index }) => !WARNING.test(text.slice(Math.max(0, index - 20), index)))
      .map(({ 0: match }) => `${file}: ${match}`);
  });
  expect(found).toEqual([]);
});
