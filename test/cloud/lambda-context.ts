import type { Context } from 'aws-lambda';

/** What Lambda tells a handler about its call: a function with `seconds` left. */
export function lambdaContext(functionName: string, seconds = 60): Context {
  const deadlineMs = Date.now() + seconds * 1000;
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    memoryLimitInMB: '256',
    awsRequestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/11/21/[$LATEST]0123456789abcdef0123456789abcdef',
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  } as Context;
}
