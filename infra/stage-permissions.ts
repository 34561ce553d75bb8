import type { StageName } from '../src/contract/tune/stages.ts';
import type { Permission } from './permission.ts';

const READ_THE_TARGET: Permission = {
  actions: ['lambda:GetFunctionConfiguration'],
  on: ['function'],
  why: 'reads how the function is set, and whether an update of it is in progress',
};

const SET_THE_TARGET: Permission = {
  actions: ['lambda:UpdateFunctionConfiguration'],
  on: ['function'],
  why: 'sets memory, timeout, log level and description of $LATEST, in one update',
};

const FIND_LEFTOVERS: Permission = {
  actions: ['lambda:ListVersionsByFunction', 'lambda:ListAliases'],
  on: ['function'],
  why: 'finds versions that runs published, and aliases that point at them',
};

const DELETE_VERSIONS: Permission = {
  actions: ['lambda:DeleteFunction'],
  on: ['versions'],
  why: 'deletes versions that runs published; on qualified ARNs only, so never the function',
};

const READ_PAYLOADS: Permission = {
  actions: ['s3:GetObject'],
  on: ['payloads'],
  why: 'reads the payload that `payloadS3` names',
};

const ASK_FOR_RUNS: Permission = {
  actions: ['states:DescribeExecution'],
  on: ['executions'],
  why: 'asks whether the run that left a mark is alive, and what an ended one was started with',
};

export const ASK_FOR_OWN_RUN: Permission = {
  actions: ['states:DescribeExecution'],
  on: ['executions'],
  why: 'asks whether its own execution still runs: Step Functions does not end a function when an execution is stopped, so it stops invoking by itself',
};

/**
 * What each stage may call. There is one row for each stage, so that a stage without permissions does not
 * compile.
 */
export const STAGE_PERMISSIONS: { readonly [Name in StageName]: readonly Permission[] } = {
  Inspect: [
    READ_THE_TARGET,
    {
      actions: ['lambda:GetFunctionConfiguration'],
      on: ['versions'],
      why: 'compares a version or alias that the input names with $LATEST',
    },
    {
      actions: ['lambda:GetFunctionConcurrency', 'lambda:ListProvisionedConcurrencyConfigs'],
      on: ['function'],
      why: 'sees how many invocations may be under way without taking production’s share, and what is kept ready and paid for',
    },
    {
      actions: ['lambda:GetPolicy'],
      on: ['function', 'versions'],
      why: 'sees what triggers the function and its aliases, to warn and to bound the timeout',
    },
    {
      actions: ['lambda:ListFunctionUrlConfigs'],
      on: ['function'],
      why: 'sees the URLs of the function and its aliases',
    },
    {
      actions: ['lambda:GetFunctionEventInvokeConfig'],
      on: ['function'],
      why: 'sees whether failures of queued invocations would be sent somewhere',
    },
    {
      actions: ['lambda:GetAccountSettings'],
      on: ['everything'],
      why: 'reads the concurrency that no function has reserved; AWS grants it on * only',
    },
    {
      actions: ['lambda:ListEventSourceMappings'],
      on: ['everything'],
      why: 'finds the queues and streams that trigger the function; AWS grants it on * only',
    },
    {
      actions: ['sqs:GetQueueAttributes'],
      on: ['queues'],
      why: 'reads the visibility timeout and the dead-letter settings of queues that trigger the function',
    },
    {
      actions: ['lambda:InvokeFunction'],
      on: ['function'],
      why: 'invokes the function once as it is, so that a bad payload costs one or two invocations; a dry run asks whether it may, and runs nothing',
    },
    {
      actions: ['logs:FilterLogEvents'],
      on: ['log groups'],
      why: 'reads the report of that invocation where the answer came without it, and sees whether those of queued ones could be read',
    },
    {
      actions: ['lambda:ListTags'],
      on: ['function'],
      why: 'sees which tool deploys the function: it would undo what is applied, and alarms are written for it; denied, that is unknown',
    },
    READ_PAYLOADS,
    ASK_FOR_RUNS,
    FIND_LEFTOVERS,
    SET_THE_TARGET,
    DELETE_VERSIONS,
  ],
  ReadHistory: [
    {
      actions: ['logs:StartQuery', 'logs:GetQueryResults'],
      on: ['log groups'],
      why: 'lets Logs Insights count the reports of the last days, and fetches the counts',
    },
    {
      actions: ['logs:StopQuery'],
      on: ['everything'],
      why: 'stops its query after a minute, or where it scans more than it may; AWS has no resource for it, and a query is named by an id that nobody else knows',
    },
  ],
  Plan: [],
  SetMemory: [
    READ_THE_TARGET,
    SET_THE_TARGET,
    {
      actions: ['lambda:PublishVersion'],
      on: ['function'],
      why: 'publishes $LATEST at the size in hand',
    },
    {
      actions: ['lambda:ListVersionsByFunction'],
      on: ['function'],
      why: 'finds out whether a publication went through whose answer was lost',
    },
    ASK_FOR_RUNS,
  ],
  Restore: [
    READ_THE_TARGET,
    {
      actions: ['lambda:GetFunctionConfiguration'],
      on: ['versions'],
      why: 'sees the published versions become active',
    },
    SET_THE_TARGET,
  ],
  Measure: [
    {
      actions: ['lambda:InvokeFunction'],
      on: ['versions'],
      why: 'invokes the published versions; never $LATEST',
    },
    {
      actions: ['lambda:InvokeFunction'],
      on: ['processors'],
      why: 'calls `preProcessor` and `postProcessor` around each invocation',
    },
    {
      // The Service Authorization Reference (2026-11) lists the function as its resource, and not, as for
      // provisioned concurrency, versions and aliases; its description speaks of all three.
      actions: ['lambda:PutFunctionEventInvokeConfig'],
      on: ['function', 'versions'],
      oneIsUsed: true,
      why: 'keeps Lambda from repeating queued invocations of a published version; AWS does not say which of the two ARNs it checks',
    },
    {
      actions: ['logs:FilterLogEvents'],
      on: ['log groups'],
      why: 'reads the reports of invocations whose answer came without one, and which log stream, so which environment, each came from',
    },
    ASK_FOR_OWN_RUN,
    READ_PAYLOADS,
  ],
  Recommend: [],
  CleanUp: [
    READ_THE_TARGET,
    SET_THE_TARGET,
    FIND_LEFTOVERS,
    DELETE_VERSIONS,
    ASK_FOR_RUNS,
    {
      actions: ['states:GetExecutionHistory'],
      on: ['executions'],
      why: 'sees whether an ended run that it may not clean up after had come so far as to change anything',
    },
    {
      actions: ['states:ListExecutions'],
      on: ['state machine'],
      why: 'finds ended runs whose event EventBridge has not delivered, every 15 minutes',
    },
    {
      actions: ['logs:DescribeQueries', 'logs:StopQuery'],
      on: ['everything'],
      why: 'stops the query of production’s logs that an ended run has left under way, found by the run’s name in its text; AWS has no resource for either, so the role sees the texts of all queries of the account and region',
    },
  ],
  Apply: [
    READ_THE_TARGET,
    {
      actions: ['lambda:GetFunctionConfiguration'],
      on: ['versions'],
      why: 'sees the version become active before the alias points at it',
    },
    {
      actions: ['lambda:GetProvisionedConcurrencyConfig'],
      on: ['versions'],
      why: 'sees whether provisioned concurrency of the alias is being allocated, before anything is published',
    },
    SET_THE_TARGET,
    {
      actions: ['lambda:PublishVersion'],
      on: ['function'],
      why: 'publishes the recommended setting, where the input names an alias',
    },
    {
      actions: ['lambda:ListVersionsByFunction'],
      on: ['function'],
      why: 'finds out whether a publication went through whose answer was lost',
    },
    {
      actions: ['lambda:ListAliases', 'lambda:UpdateAlias'],
      on: ['function'],
      why: 'points that alias at it; AWS checks this on the unqualified ARN',
    },
    {
      actions: ['lambda:CreateAlias'],
      on: ['function'],
      why: 'makes that alias, where the input of aws-lambda-power-tuning names one that does not exist',
    },
  ],
};
