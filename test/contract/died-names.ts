/** Names under which Step Functions reports a function that Lambda ended, or that ended by itself. */
export const FUNCTION_ENDED = [
  'States.Timeout',
  'Sandbox.Timedout',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
] as const;

/** Those, and the names of a call of Lambda that never came to an answer. */
export const CALL_LOST = [
  ...FUNCTION_ENDED,
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
] as const;
