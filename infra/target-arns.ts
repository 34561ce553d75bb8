import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** The ARNs of a function that a stage's permissions name. */
export interface TargetArns {
  /** The function's ARN without a qualifier. */
  readonly function: string;
  /** Every version and alias of the function, and not the function itself. */
  readonly versions: string;
  /** The log group of a function whose configuration names no other. */
  readonly logGroup: string;
}

/** Returns the ARNs of a function; of a version or an alias, those of the function that it belongs to. */
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

/** Returns the ARNs of every function of the region, with its versions, aliases and log groups. */
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

/** IAM checks a search in a log group against the ARN of the group's streams. */
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

/** A qualifier is the eighth part of an ARN. A name that CloudFormation fills in later has none. */
function leaveOutQualifier(arn: string): string {
  return Token.isUnresolved(arn) ? arn : arn.split(':').slice(0, 7).join(':');
}
