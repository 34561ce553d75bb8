/** The commands that need permissions. */
export const USES = ['tune', 'check', 'history', 'restore'] as const;
export type Use = (typeof USES)[number];

export interface NeededPermission {
  readonly action: string;
  /** `function`: the function with its versions; `everything`: AWS has no narrower resource for it. */
  readonly on: 'function' | 'logs' | 'workflows' | 'everything';
  readonly uses: readonly Use[];
  /** Commands that go on without the permission, and say what they do not know. */
  readonly goesOnWithout?: readonly Use[];
}

/**
 * What a command asks AWS for when it is played here, with nothing deployed (`docs/security.md`, `docs/ci.md`).
 * With a deployed workflow the person needs those on `workflows` alone.
 */
export const NEEDED: readonly NeededPermission[] = [
  row('lambda:GetFunctionConfiguration', 'function', ['tune', 'check', 'history', 'restore']),
  row('lambda:InvokeFunction', 'function', ['tune', 'check']),
  row('lambda:UpdateFunctionConfiguration', 'function', ['tune', 'restore']),
  row('lambda:PublishVersion', 'function', ['tune']),
  row('lambda:DeleteFunction', 'function', ['tune', 'restore']),
  row('lambda:ListVersionsByFunction', 'function', ['tune', 'history', 'restore'], ['history']),
  row('lambda:ListAliases', 'function', ['tune', 'restore']),
  row('lambda:GetFunctionConcurrency', 'function', ['tune', 'check']),
  row('lambda:ListProvisionedConcurrencyConfigs', 'function', ['tune', 'check'], ['tune', 'check']),
  row('lambda:GetAccountSettings', 'everything', ['tune', 'check']),
  row('lambda:ListEventSourceMappings', 'everything', ['tune', 'history'], ['tune', 'history']),
  row('lambda:GetPolicy', 'function', ['tune', 'history'], ['tune', 'history']),
  row('lambda:ListFunctionUrlConfigs', 'function', ['tune', 'history'], ['tune', 'history']),
  row('lambda:ListTags', 'function', ['tune'], ['tune']),
  row('logs:FilterLogEvents', 'logs', ['tune', 'check'], ['tune', 'check']),
  row('logs:StartQuery', 'logs', ['tune', 'history'], ['tune']),
  row('logs:GetQueryResults', 'everything', ['tune', 'history'], ['tune']),
  row('logs:StopQuery', 'everything', ['tune', 'history'], ['tune', 'history']),
  row('logs:DescribeQueries', 'everything', ['tune'], ['tune']),
  row('logs:DescribeLogGroups', 'everything', ['tune', 'history'], ['tune', 'history']),
  row(
    'states:ListStateMachines',
    'everything',
    ['tune', 'check', 'restore'],
    ['tune', 'check', 'restore'],
  ),
  row(
    'states:ListTagsForResource',
    'workflows',
    ['tune', 'check', 'restore'],
    ['tune', 'check', 'restore'],
  ),
];

/** What a command asks Step Functions for when it starts a run of a deployed workflow and follows it. */
export interface RunPermission {
  readonly action: string;
  readonly on: 'workflow' | 'executions';
  /** The command goes on without it: it shows less of the run, or leaves it running. */
  readonly goesOnWithout: boolean;
}

export const NEEDED_FOR_RUNS: readonly RunPermission[] = [
  { action: 'states:StartExecution', on: 'workflow', goesOnWithout: false },
  { action: 'states:DescribeExecution', on: 'executions', goesOnWithout: false },
  { action: 'states:GetExecutionHistory', on: 'executions', goesOnWithout: true },
  { action: 'states:StopExecution', on: 'executions', goesOnWithout: true },
];

/** What takes an option or an alias, and so is nobody's first need; ListExecutions is the console's. */
export const NOT_ASKED: readonly string[] = [
  'lambda:CreateAlias',
  'lambda:UpdateAlias',
  'lambda:GetFunctionEventInvokeConfig',
  'lambda:PutFunctionEventInvokeConfig',
  'lambda:GetProvisionedConcurrencyConfig',
  'lambda:ListFunctions',
  's3:GetObject',
  'sqs:GetQueueAttributes',
  'states:ListExecutions',
];

function row(
  action: string,
  on: NeededPermission['on'],
  uses: readonly Use[],
  goesOnWithout: readonly Use[] = [],
): NeededPermission {
  return { action, on, uses, goesOnWithout };
}
