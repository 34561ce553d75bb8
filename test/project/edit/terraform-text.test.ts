import { expect, test } from 'vitest';
import { carryOut } from '../../../src/project/edit/carry-out.ts';
import { planPlaces } from '../../../src/project/edit/plan-places.ts';
import { memoryFiles } from '../memory-files.ts';

const MAIN = `# resource "aws_lambda_function" "orders" { memory_size = 1 }
resource "aws_lambda_function" "orders" {
  description = "memory_size = 7 } {"
  /* memory_size = 8 } */
  environment {
    variables = { memory_size = 9 }
  }
  policy = <<EOT
  memory_size = 10 }
EOT
  memory_size = 512 # MB
  timeout     = var.timeout
}
resource "aws_lambda_function" "many" {
  for_each    = toset(["a", "b"])
  memory_size = 256
}
module "bills" {
  source      = "terraform-aws-modules/lambda/aws"
  memory_size = 128
}
resource "aws_sqs_queue" "jobs" { visibility_timeout_seconds = 30 }
`;
const FILES = memoryFiles({ 'plan.json': '', 'main.tf': MAIN });
const places = (address: string, field: 'memory' | 'timeout' | 'visibility') =>
  planPlaces(
    {
      format: 'terraform',
      file: '/project/plan.json',
      defaults: { memoryMb: 1, timeoutSeconds: 1 },
      functions: [],
      notices: [],
    },
    address,
    field,
    FILES,
  );

test('a number of a Terraform block is found past comments, texts, heredocs and blocks within', () => {
  const [found] = places('aws_lambda_function.orders', 'memory');
  expect(found).toMatchObject({ file: '/project/main.tf', isShared: false });
  if (found?.place.kind !== 'literal') throw new Error('wanted a literal');
  const { start, end, line } = found.place;
  expect(line).toBe(11);
  const edit = { file: '/project/main.tf', start, end, text: '1024' };
  expect(carryOut(MAIN, [edit])).toBe(MAIN.replace('= 512 #', '= 1024 #'));
});

test('an expression is named as it stands, and what makes several resources is shared', () => {
  expect(places('aws_lambda_function.orders', 'timeout')[0]?.place).toEqual({
    kind: 'other',
    source: 'var.timeout',
    line: 12,
  });
  expect(places('aws_lambda_function.many["a"]', 'memory')[0]).toMatchObject({ isShared: true });
  expect(places('aws_lambda_function.gone', 'memory')).toEqual([]);
});

test("a function of a module is changed in the module's block", () => {
  const [found] = places('module.bills.aws_lambda_function.this[0]', 'memory');
  expect(found).toMatchObject({
    place: { kind: 'literal', value: 128 },
    name: 'memory_size of module "bills"',
  });
});

test('propose finds an attribute of a Terraform block on one line', () => {
  expect(places('aws_sqs_queue.jobs', 'visibility')[0]?.place).toMatchObject({
    kind: 'literal',
    value: 30,
  });
});
