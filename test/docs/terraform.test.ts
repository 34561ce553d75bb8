import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { expect, test } from 'vitest';
import { readSynthesized } from '../../src/cli/template/built-parts.ts';

type Blocks = Readonly<Record<string, readonly { readonly description?: string }[]>>;

interface Parsed {
  readonly variable?: Blocks;
  readonly output?: Blocks;
  readonly resource?: Readonly<Record<string, Blocks>>;
}

/** Every file of the module, parsed by the parser of Terraform itself. */
async function parseModule(): Promise<Parsed> {
  const files = readdirSync('terraform').filter((file) => file.endsWith('.tf'));
  expect(files.length).toBeGreaterThan(3);
  const each = await Promise.all(
    files.map((file) => parse(file, readFileSync(path.join('terraform', file), 'utf8'))),
  );
  return Object.assign({}, ...each) as Parsed;
}

test('every input and output of the Terraform module has a description and a row in its README', async () => {
  const { variable = {}, output = {} } = await parseModule();
  const rows = [...readFileSync('terraform/README.md', 'utf8').matchAll(/^\| `([\w]+)`/gm)];
  expect(rows.map(([, name]) => name)).toEqual(
    expect.arrayContaining([...Object.keys(variable), ...Object.keys(output)]),
  );
  expect(rows).toHaveLength(Object.keys(variable).length + Object.keys(output).length);
  for (const [block] of [...Object.values(variable), ...Object.values(output)]) {
    expect(block?.description).toMatch(/^[A-Z].*\.$/);
  }
});

test('the Terraform module deploys the template by its URL, with its code from the bucket', async () => {
  const { resource = {} } = await parseModule();
  expect(Object.keys(resource).sort()).toEqual(['aws_cloudformation_stack', 'aws_s3_object']);
  const [stack] = resource['aws_cloudformation_stack']?.['tuner'] ?? [];
  expect(stack).toMatchObject({
    template_url: expect.stringContaining('${aws_s3_object.template.key}') as string,
    capabilities: ['CAPABILITY_IAM'],
  });
});

test('the Terraform module finds the place of the code in every function of the template', () => {
  const [, replaced = ''] = /"(\\"Code\\": \\"[^"]+\\")"/.exec(
    readFileSync('terraform/main.tf', 'utf8'),
  ) ?? ['', ''];
  const wanted = JSON.parse(`"${replaced}"`) as string;
  const template = readSynthesized('plain');
  const functions = Object.values(template.Resources).filter(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );
  expect(JSON.stringify(template, null, 2).split(wanted)).toHaveLength(functions.length + 1);
  expect(functions.length).toBeGreaterThan(10);
});
