import { expect, test } from 'vitest';
import { problemsOf, projectOf } from './memory-files.ts';

/** Laid out as "JSON Output Format" of Terraform's documentation says, format version 1.2. */
const PLAN = {
  format_version: '1.2',
  terraform_version: '1.9.5',
  planned_values: {
    root_module: {
      resources: [
        {
          address: 'aws_lambda_function.orders',
          mode: 'managed',
          type: 'aws_lambda_function',
          name: 'orders',
          values: {
            function_name: 'orders',
            handler: 'app.handler',
            runtime: 'nodejs22.x',
            memory_size: 256,
            timeout: 9,
            architectures: ['arm64'],
            filename: 'orders.zip',
            package_type: 'Zip',
            environment: [{ variables: { LOG: 'info', KEY: 'plain-secret' } }],
            ephemeral_storage: [{ size: 1024 }],
            logging_config: [{ log_format: 'JSON' }],
            layers: ['arn:aws:lambda:eu-west-1:1:layer:x:1'],
          },
          sensitive_values: { environment: [{ variables: { KEY: true } }] },
        },
        {
          address: 'aws_lambda_event_source_mapping.orders',
          mode: 'managed',
          type: 'aws_lambda_event_source_mapping',
          name: 'orders',
          values: { batch_size: 10, maximum_batching_window_in_seconds: 30 },
        },
      ],
      child_modules: [
        {
          address: 'module.bills',
          resources: [
            {
              address: 'module.bills.aws_lambda_function.this[0]',
              mode: 'managed',
              type: 'aws_lambda_function',
              name: 'this',
              values: { handler: 'index.handler', runtime: 'nodejs22.x', memory_size: 128 },
            },
          ],
        },
      ],
    },
  },
  resource_changes: [
    {
      address: 'aws_lambda_function.orders',
      change: { after_unknown: { arn: true, environment: [{ variables: { TABLE: true } }] } },
    },
    {
      address: 'module.bills.aws_lambda_function.this[0]',
      change: { after_unknown: { timeout: true, environment: true } },
    },
  ],
  prior_state: {
    values: {
      root_module: {
        resources: [
          {
            address: 'data.archive_file.orders',
            mode: 'data',
            type: 'archive_file',
            name: 'orders',
            values: { output_path: 'orders.zip', source_dir: './src/orders' },
          },
        ],
      },
    },
  },
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_lambda_function.orders',
          expressions: {
            filename: {
              references: ['data.archive_file.orders.output_path', 'data.archive_file.orders'],
            },
          },
        },
        {
          address: 'aws_lambda_event_source_mapping.orders',
          expressions: {
            function_name: {
              references: ['aws_lambda_function.orders.arn', 'aws_lambda_function.orders'],
            },
            event_source_arn: { references: ['aws_sqs_queue.jobs.arn', 'aws_sqs_queue.jobs'] },
          },
        },
      ],
      module_calls: {
        bills: { expressions: { source_path: { constant_value: '../bills' } }, module: {} },
      },
    },
  },
};
const FILES = {
  'infra/plan.json': JSON.stringify(PLAN),
  'infra/src/orders/app.js': '',
  'bills/index.js': '',
};

test('a function of a Terraform plan is read with the folder that archive_file packs for it', () => {
  const [orders] = projectOf('infra/plan.json', FILES).functions;
  expect(orders).toMatchObject({
    resource: 'aws_lambda_function.orders',
    otherNames: ['orders'],
    name: 'orders',
    line: null,
    runtime: 'nodejs22.x',
    handler: 'app.handler',
    code: { kind: 'folder', folder: '/project/infra/src/orders' },
    memoryMb: 256,
    timeoutSeconds: 9,
    architecture: 'arm64',
    logFormat: 'JSON',
    ephemeralStorageMb: 1024,
    layers: [{ kind: 'elsewhere' }],
    triggers: [
      { source: 'sqs', resource: 'aws_sqs_queue.jobs', batchSize: 10, batchingWindowSeconds: 30 },
    ],
  });
});

test('a variable that Terraform marks as sensitive, or does not know yet, is left unset by name', () => {
  const [orders] = projectOf('infra/plan.json', FILES).functions;
  expect(orders?.environment).toEqual({ LOG: 'info' });
  expect(orders?.unset).toEqual([
    { name: 'KEY', why: 'Terraform marks it as sensitive' },
    { name: 'TABLE', why: 'it is known only after the plan is applied' },
  ]);
});

test('a function of a module goes by the name of the module, and its code is the source_path of the call', () => {
  const bills = projectOf('infra/plan.json', FILES).functions[1];
  expect(bills).toMatchObject({
    resource: 'module.bills.aws_lambda_function.this[0]',
    otherNames: ['this[0]', 'bills', 'module.bills'],
    code: { kind: 'folder', folder: '/project/bills' },
    timeoutSeconds: { why: 'it is known only after the plan is applied' },
    unset: [{ name: 'all variables' }],
  });
});

test('a Terraform state is refused in place of a plan, and so is --parameter', () => {
  const { planned_values: _, ...state } = PLAN;
  expect(problemsOf('s.json', { 's.json': JSON.stringify(state) }, { a: 'b' })).toEqual([
    '--parameter: a Terraform plan is made with its variables; give them to terraform plan -var',
    '/project/s.json: wanted a plan, it is a state, which lacks the configuration: terraform plan -out tfplan && terraform show -json tfplan > plan.json',
  ]);
});

test('an archive that nothing in the plan explains is named with what to do', () => {
  const { configuration: _, prior_state: __, ...rest } = PLAN;
  const [orders] = projectOf('plan.json', {
    'plan.json': JSON.stringify(rest),
    'orders.zip': '',
  }).functions;
  expect(orders?.code).toEqual({
    kind: 'elsewhere',
    why: 'its code is the archive orders.zip; unpack it and name the folder by --root',
  });
});
