import { expect, test } from 'vitest';
import { trialAdvice, trialFailureKind } from '../../src/words/trial-advice.ts';

test.each([
  ['Runtime.ImportModuleError', "Error: Cannot find module 'sharp'", 'missing-module'],
  [
    'Error',
    "Cannot find package '@aws-sdk/client-s3' imported from /app/index.mjs",
    'missing-module',
  ],
  [
    'Runtime.ImportModuleError',
    "Unable to import module 'app': No module named 'numpy'",
    'missing-module',
  ],
  ['Runtime.HandlerNotFound', 'app.handler is undefined or not exported', 'missing-export'],
  ['Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected token', 'does-not-parse'],
  ['CredentialsProviderError', 'Could not load credentials from any providers', 'credentials'],
  ['NoCredentialsError', 'Unable to locate credentials', 'credentials'],
  ['AccessDeniedException', 'User: x is not authorized to perform: dynamodb:GetItem', 'denied'],
  ['Error', 'Missing environment variable TABLE_NAME', 'missing-variable'],
  ['Error', 'TABLE_NAME is not set', 'missing-variable'],
  ['KeyError', "'TABLE_NAME'", 'missing-variable'],
  ['KeyError', "'text'", 'payload'],
  ['Runtime.ExitError', 'Runtime exited with error: exit status 3', 'process-ended'],
  ['TypeError', "Cannot read properties of undefined (reading 'id')", 'payload'],
  [
    'Runtime.UnhandledPromiseRejection',
    'Error: Missing environment variable TABLE_NAME',
    'unhandled-rejection',
  ],
  ['Error', 'Unable to stringify response body', 'no-json'],
  [
    'Runtime.MarshalError',
    'Unable to marshal response: Object of type set is not JSON serializable',
    'no-json',
  ],
  ['Error', 'ENOSPC: no space left on device, write', 'storage'],
  ['OSError', '[Errno 28] No space left on device', 'storage'],
  ['Error', "EMFILE: too many open files, open '/dev/null'", 'descriptors'],
  // What a message quotes does not outweigh the type.
  [
    'Runtime.HandlerNotFound',
    'Cannot find module: app.other is undefined or not exported',
    'missing-export',
  ],
  [null, null, 'payload'],
])('takes %s: %s for %s', (errorType, errorMessage, kind) => {
  expect(trialFailureKind({ errorType, errorMessage })).toBe(kind);
});

test.each([
  ['input', 'ignoreErrors'],
  ['peer-input', 'allowedExceptions'],
  ['command', '--ignore-error'],
  ['command-local', '--ignore-error'],
] as const)('names the setting as a user of %s writes it: %s', (surface, word) => {
  expect(trialAdvice('payload', surface)).toContain(word);
});

test('advice for a handler on this machine names the options that mend it', () => {
  expect(trialAdvice('missing-variable', 'command-local')).toBe(
    'Give it the variable that it wants: --env NAME=value, or --env-file.',
  );
});
