import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ASSUMPTIONS } from '../../scripts/verify-aws/assumptions.ts';
import { assumptionTable } from '../../scripts/verify-aws/table.ts';
import { callsOfStages } from '../../scripts/verify-aws/used-by.ts';

const SERVICES: Readonly<Record<string, string>> = {
  lambda: 'lambda',
  sfn: 'states',
  'cloudwatch-logs': 'logs',
  s3: 's3',
  sqs: 'sqs',
};

/** The operations that files of `src/aws` take from the SDK's clients, as IAM names them. */
function callsOfTheCommand(): readonly string[] {
  const calls = filesIn('src/aws', /\.ts$/).flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const imports = source.matchAll(
      /\{([^{}]*)\}\s*(?:from|=\s*await\s+import\()\s*'@aws-sdk\/client-([\w-]+)'/g,
    );
    return [...imports].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/\bpaginate(\w+)|\b(\w+?)Command\b/g)].map(
        ([, paginated, command]) =>
          `${SERVICES[client] ?? client}:${(paginated ?? command ?? '').replace(/^Invoke$/, 'InvokeFunction')}`,
      ),
    );
  });
  return [...new Set(calls)].sort();
}

/** What the definitions let Step Functions call by itself: everything but the stages' own functions. */
function callsOfTheStateMachine(): readonly string[] {
  return filesIn('state-machine', /\.json$/).flatMap((file) => {
    const found = readFileSync(file, 'utf8').matchAll(/"Resource":\s*"\$\{(\w+)Arn\}"/g);
    return [...found].map(([, name = '']) =>
      name.endsWith('Function') ? 'states:lambda:invoke' : (OWN_CALLS[name] ?? name),
    );
  });
}

const OWN_CALLS: Readonly<Record<string, string>> = { PutResult: 's3:PutObject' };

function filesIn(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => path.join(folder, file));
}

const calls = [
  ...new Set([...callsOfStages(), ...callsOfTheCommand(), ...callsOfTheStateMachine()]),
].sort();

test('the calls that are looked for are found', () => {
  expect(callsOfTheCommand()).toContain('lambda:PublishVersion');
  expect(callsOfTheCommand()).toContain('lambda:ListAliases');
  expect(callsOfTheCommand()).toContain('logs:FilterLogEvents');
  expect(callsOfTheStateMachine()).toContain('s3:PutObject');
  expect(callsOfStages()).toContain('lambda:InvokeFunction');
});

test('each call to AWS has a row in the table of assumptions, and no other call has one', () => {
  expect([...new Set(ASSUMPTIONS.map(({ call }) => call))].sort()).toEqual(calls);
});

test('each assumption has a name of its own, a whole sentence and what it means when it is false', () => {
  const ids = ASSUMPTIONS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, assumed, otherwise } of ASSUMPTIONS) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(assumed, id).toMatch(/^[A-Z].*\.$/);
    expect(otherwise, id).toMatch(/^[A-Z`].*\.$/);
  }
});

describe('each quote of an API model stands in the SDK that is installed', () => {
  const texts = new Map<string, string>();
  const modelText = (client: string): string => {
    const known = texts.get(client);
    if (known !== undefined) return known;
    const folder = `node_modules/@aws-sdk/client-${client}/dist-types`;
    const text = filesIn(folder, /^(commands|models)\/.*\.d\.ts$/)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/^\s*\* ?/gm, '')
      .replaceAll(/\s+/g, ' ');
    texts.set(client, text);
    return text;
  };
  test.each(
    ASSUMPTIONS.flatMap(({ id, source }) => (source.kind === 'model' ? [{ id, source }] : [])),
  )('$id', ({ source }) => {
    expect(modelText(source.client).includes(source.quote.replaceAll(/\s+/g, ' '))).toBe(true);
  });
});

test('docs/assumptions.md holds the table as the code has it; if not: npm run docs', () => {
  const squeezed = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-');
  expect(squeezed(readFileSync('docs/assumptions.md', 'utf8'))).toContain(
    squeezed(assumptionTable()).trim(),
  );
});
