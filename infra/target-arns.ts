import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** What a stage's permissions name of a function. */
export interface TargetArns {
  /** Without a qualifier. */
  readonly function: string;
  /** Every version and alias, and not the function itself. */
  readonly versions: string;
  /** The log group of a function whose configuration names no other. */
  readonly logGroup: string;
}

/** The ARNs of a function; of a version or an alias, those of the function that it belongs to. */
export function targetArns(fn: IFunction): TargetArns {
  const owner = 'lambda' in fn ? (fn as { readonly lambda: IFunction }).lambda : fn;
  const arn = leaveOutQualifier(owner.functionArn);
  const name = Token.isUnresolved(arn) ? owner.functionName : (arn.split(':')[6] ?? '');
  const { region, account } = owner.env;
  return {
    function: arn,
    versions: `${arn}:*`,
    logGroup: logStreams(Stack.of(owner), `/aws/lambda/${name}`, { region, account }),
  };
}

/** Every function of the region, its versions and aliases, and the log groups of all. */
export function allFunctions(scope: IConstruct): TargetArns {
  const stack = Stack.of(scope);
  const arn = stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { function: arn, versions: `${arn}:*`, logGroup: logStreams(stack, '/aws/lambda/*') };
}

/** IAM checks a search in a log group against the ARN of its streams. */
function logStreams(
  stack: Stack,
  logGroupName: string,
  place: { readonly region?: string; readonly account?: string } = {},
): string {
  const group = Arn.format(
    {
      service: 'logs',
      resource: 'log-group',
      resourceName: logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      ...place,
    },
    stack,
  );
  return `${group}:*`;
}

/** A qualifier is the eighth part of an ARN. What CloudFormation names has none. */
function leaveOutQualifier(arn: string): string {
  return Token.isUnresolved(arn) ? arn : arn.split(':').slice(0, 7).join(':');
}
