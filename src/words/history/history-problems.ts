import type { AwsError } from '../../contract/shared/aws-error.ts';

/** Why a function has no history, or less of it than was wanted. Each is one sentence. */

export function noGroup(name: string): string {
  return `there is no log group ${name}: the function never ran here, or it may not write logs`;
}

export function notQueried(name: string): string {
  return `the log group ${name} is of the class Delivery, which nobody can query: its logs are in S3 or Firehose, and powerdial logs reads them from files`;
}

export function noInvocation(
  footprint: { readonly codeBytes: number; readonly versions: number } | null,
): string {
  const size =
    footprint === null
      ? ''
      : `; it holds ${(footprint.codeBytes / 2 ** 20).toFixed(1)} MB of code, in ${footprint.versions} published ${footprint.versions === 1 ? 'version' : 'versions'} and $LATEST`;
  return `no invocation in the window: it is unused${size}`;
}

export function noReports(name: string): string {
  return `no report in the window: its system log level is WARN, at which Lambda reports no success; to see them: aws lambda update-function-configuration --function-name ${name} --logging-config LogFormat=JSON,SystemLogLevel=INFO`;
}

export function unreadConfiguration({ action, message }: AwsError): string {
  return `the configuration could not be read (${action}: ${message}): present size and timeout are not known`;
}

export function assumedGroup({ action, message }: AwsError): string {
  return `the log group could not be described (${action}: ${message}): it is taken for one of the Standard class that keeps everything`;
}

export function encryptedGroup(name: string): string {
  return `the log group ${name} is encrypted with a key of KMS: reading it takes kms:Decrypt on that key, too`;
}

export function shorterRetention(name: string, days: number): string {
  return `the log group ${name} keeps ${days} ${days === 1 ? 'day' : 'days'}: figures a month are of that time`;
}

export function streamWithoutOwner(name: string): string {
  return `some streams of ${name} do not name their function: what they hold is counted for no function`;
}

export function eventsInPart(seconds: number): string {
  return `only a part of the events was read in ${seconds} s, the oldest first: counts and figures a month are too low`;
}

export function scannedTooMuch(): string {
  return 'the query scanned more than the estimate had said, and was stopped at the limit (--max-usd)';
}

/** How a query may end without an answer. */
export const QUERY_ENDINGS = {
  complete: 'the answer was cut off at the row limit, even for an hour of the log',
  failed: 'the query failed twice',
  cancelled: 'the query was cancelled by somebody else',
  timeout: 'the query timed out, even for an hour of the log',
  'too-much': 'the query scanned more than it may',
  stopped: 'the query was stopped',
} as const;
