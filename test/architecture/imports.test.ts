import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** The house of `docs/architecture.md`: which room may import from which, and what from outside. */
const ROOMS: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly packages: readonly RegExp[] }>
> = {
  contract: { rooms: [], packages: [/^zod$/] },
  core: { rooms: ['contract'], packages: [/^simple-statistics$/] },
  words: { rooms: ['contract', 'core'], packages: [] },
  stages: { rooms: ['contract', 'core', 'words'], packages: [/^node:/] },
  aws: { rooms: ['contract'], packages: [/^@aws-sdk\//, /^@smithy\//, /^node:/] },
  emulator: { rooms: ['contract'], packages: [/^node:/, /^jsonata$/, /^zod$/] },
  project: { rooms: ['contract'], packages: [/^node:path$/, /^node:fs$/, /^yaml$/] },
  play: {
    rooms: ['contract', 'core', 'words', 'stages', 'aws', 'emulator'],
    packages: [/^node:/],
  },
  cloud: {
    rooms: ['contract', 'core', 'words', 'stages', 'aws'],
    // `aws-lambda` is types alone.
    packages: [/^node:/, /^@aws-lambda-powertools\//, /^zod$/, /^aws-lambda$/],
  },
  report: { rooms: ['contract', 'core', 'words'], packages: [/^d3-/, /^picocolors$/] },
  cli: {
    rooms: [
      'contract',
      'core',
      'words',
      'stages',
      'aws',
      'emulator',
      'play',
      'report',
      'project',
      'api',
    ],
    packages: [/^node:/, /^commander$/, /^picocolors$/, /^zod$/],
  },
  // A door for programs, of which the command is the first: it knows no terminal and no report.
  api: {
    rooms: ['contract', 'core', 'words', 'stages', 'aws', 'emulator', 'play', 'project'],
    packages: [/^node:/, /^zod$/],
  },
};

const SRC = path.resolve('src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|mjs)$/.test(file))
  .map((file) => file.split(path.sep).join('/'));

function importsOf(file: string): readonly string[] {
  const source = readFileSync(path.join(SRC, file), 'utf8');
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** `core/cost/prices.ts` for a relative import; `null` for a package. */
function resolveImport(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : null;
}

test('the architecture tests find the files of src', () => {
  expect(files.length).toBeGreaterThan(100);
});

test('rooms import along the arrows only', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const room = file.split('/')[0] ?? '';
    const rule = ROOMS[room];
    if (rule === undefined) {
      if (!file.includes('/')) continue;
      wrong.push(`${file}: its room is not part of the house`);
      continue;
    }
    for (const specifier of importsOf(file)) {
      const inner = resolveImport(file, specifier);
      const to = inner?.split('/')[0] ?? '';
      const allowed =
        inner === null
          ? specifier.startsWith('#') || rule.packages.some((known) => known.test(specifier))
          : to === room || rule.rooms.includes(to);
      if (!allowed) wrong.push(`${file} imports ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('the emulator is entered by its door alone, and takes from the house only leaves that both sides need', () => {
  const wrong: string[] = [];
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      const inner = resolveImport(file, specifier);
      if (inner === null) continue;
      const within = file.startsWith('emulator/');
      const ok = within
        ? inner.startsWith('emulator/') || EMULATOR_LEAVES.test(inner)
        : !inner.startsWith('emulator/') || inner === 'emulator/index.ts';
      if (!ok) wrong.push(`${file} imports ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

const EMULATOR_LEAVES =
  /^contract\/shared\/(function-configuration|json|keys-of|load-sample|memory|random|region|schema-problems|state-size|thrown)\.ts$/;

test('what tests and benches of other rooms need of the emulator comes through its door', () => {
  const wrong = ['test', 'bench', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('emulator/'))
      .flatMap((file) =>
        importsOf(`../${folder}/${file}`)
          .filter((specifier) => /\/src\/emulator\/(?!index\.ts$)/.test(specifier))
          .map((specifier) => `${folder}/${file} imports ${specifier}`),
      ),
  );
  expect(wrong).toEqual([]);
});

test('words that both workflows share know neither of them', () => {
  const wrong = files
    .filter((file) => file.startsWith('contract/shared/'))
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => /\/(tune|check)\//.test(specifier))
        .map((specifier) => `${file} imports ${specifier}`),
    );
  expect(wrong).toEqual([]);
});

test('infra takes names from the contract, and nothing else of the house', () => {
  const wrong = readdirSync('infra').flatMap((file) =>
    importsOf(`../infra/${file}`)
      .filter((specifier) => !INFRA.some((known) => known.test(specifier)))
      .map((specifier) => `infra/${file} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

const INFRA = [
  /^\.\/[\w-]+\.ts$/,
  /^\.\.\/src\/contract\//,
  /^aws-cdk-lib/,
  /^constructs$/,
  /^node:/,
];

test('verify-aws talks to AWS by itself, and takes from the house only what is pure or translates', () => {
  const folder = path.resolve('scripts/verify-aws');
  const wrong = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file))
    .flatMap((file) =>
      importsOf(`../scripts/verify-aws/${file}`)
        .filter((specifier) => !VERIFY_AWS.some((known) => known.test(specifier)))
        .map((specifier) => `scripts/verify-aws/${file} imports ${specifier}`),
    );
  expect(wrong).toEqual([]);
});

const VERIFY_AWS = [
  /^(\.|\.\.)\/(assumptions\/)?[\w-]+\.ts$/,
  /^(\.\.\/)+src\/(contract|core|aws)\//,
  /^\.\.\/\.\.\/infra\/(?:[\w-]*permissions|permission)\.ts$/,
  /^@aws-sdk\/client-(lambda|sfn|cloudwatch-logs)$/,
  /^node:/,
  /^#package\.json$/,
];

test('no file imports itself by way of others', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .map((specifier) => resolveImport(file, specifier))
        .filter((each) => each !== null),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

test('nothing is called utils, helpers, common or manager', () => {
  const vague = files.filter((file) =>
    /(^|[/-])(utils?|helpers?|common|managers?)([/.-]|$)/.test(file),
  );
  expect(vague).toEqual([]);
});

test('HTTP servers are made in a single file, so that each of them refuses web pages', () => {
  const makers = files.filter((file) =>
    /\bcreateServer\b|\bnew Server\b/.test(readFileSync(path.join(SRC, file), 'utf8')),
  );
  expect(makers).toEqual(['emulator/loopback-server.ts']);
});

test('what programs import writes to no stream, ends no process, and waits for no key', () => {
  const wrong = files
    .filter((file) => file.startsWith('api/'))
    .filter((file) =>
      /\bconsole\.|\bprocess\.(exit|stdin|stdout|stderr|on)\b|'node:readline/.test(
        readFileSync(path.join(SRC, file), 'utf8'),
      ),
    );
  expect(wrong).toEqual([]);
});
