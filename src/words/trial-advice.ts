/** What a function that failed its trial is in want of, as far as its own words tell. */
export type TrialFailureKind =
  | 'missing-module'
  | 'missing-export'
  | 'does-not-parse'
  | 'credentials'
  | 'denied'
  | 'missing-variable'
  | 'unhandled-rejection'
  | 'no-json'
  | 'process-ended'
  | 'storage'
  | 'descriptors'
  | 'payload';

/** Where the user says what is wanted: an execution's input, the peer's, or the command. */
export type Surface = 'input' | 'peer-input' | 'command' | 'command-local';

export interface TrialFailure {
  readonly errorType: string | null;
  readonly errorMessage: string | null;
}

/** No error type says it. */
const NO_TYPE = /(?!)/;

/** By error type, the words of the SDKs and of Lambda's runtimes, in this order. */
const SIGNS: readonly (readonly [kind: TrialFailureKind, type: RegExp, message: RegExp])[] = [
  [
    'missing-module',
    /^Runtime\.ImportModuleError$|^ModuleNotFoundError$|MODULE_NOT_FOUND/,
    /Cannot find (?:package|module)|No module named|MODULE_NOT_FOUND/,
  ],
  ['missing-export', /^Runtime\.Handler(?:NotFound|Undefined)$/, /is undefined or not exported/],
  ['does-not-parse', /^Runtime\.UserCodeSyntaxError$|^SyntaxError$/, /^SyntaxError: /],
  [
    'credentials',
    /^(?:CredentialsProviderError|NoCredentialsError|UnrecognizedClientException|ExpiredToken(?:Exception)?|InvalidClientTokenId|InvalidSignatureException)$/,
    /(?:load|locate|resolve|find) credentials|security token included in the request/i,
  ],
  [
    'denied',
    /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation)$/,
    /is not authorized to perform/,
  ],
  [
    'missing-variable',
    // Python's KeyError has the key alone, and names of variables are in capitals.
    NO_TYPE,
    /^'[A-Z][A-Z0-9_]*'$|environment variable|\benv(?:ironment)?\b[^.]*\b(?:missing|required|undefined|not (?:set|defined|found))|\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b[^.]*\b(?:missing|required|undefined|not (?:set|defined|found))/,
  ],
  ['unhandled-rejection', /^Runtime\.UnhandledPromiseRejection$/, /^UnhandledPromiseRejection/],
  [
    'no-json',
    /^Runtime\.MarshalError$/,
    /^Unable to stringify response body|Unable to marshal response/,
  ],
  ['process-ended', /^Runtime\.Exit(?:Error)?$/, /Runtime exited/],
  ['storage', /^ENOSPC$/, /\b(?:ENOSPC|EFBIG)\b|No space left on device/],
  ['descriptors', /^EMFILE$/, /\bEMFILE\b|Too many open files/i],
];

export function trialFailureKind({ errorType, errorMessage }: TrialFailure): TrialFailureKind {
  const [type, message] = [errorType ?? '', errorMessage ?? ''];
  // A type says more than the words of a message, which may quote anything.
  const byType = SIGNS.find(([, sign]) => sign.test(type));
  const byMessage = SIGNS.find(([, , sign]) => sign.test(message));
  return (byType ?? byMessage)?.[0] ?? 'payload';
}

/**
 * Tells whether no memory size can mend it: the code is not there, or is no code. What a library says that
 * cannot be loaded for want of memory has other words under the same type.
 */
export function isAlikeAtEverySize(failure: TrialFailure): boolean {
  const message = failure.errorMessage ?? '';
  switch (trialFailureKind(failure)) {
    case 'missing-module':
      return /Cannot find (?:package|module)|No module named/.test(message);
    case 'missing-export':
    case 'does-not-parse':
      return failure.errorType?.startsWith('Runtime.') === true;
    default:
      return false;
  }
}

/** Tells what to do about it, with the setting that mends it as this user writes it. */
export function trialAdvice(kind: TrialFailureKind, surface: Surface): string {
  const isLocal = surface === 'command-local';
  switch (kind) {
    case 'missing-module':
      return isLocal
        ? 'Install the module that it wants (npm install or pip install, beside the handler), name the file that was built (--local), or the folder that its imports count from (--root).'
        : 'Put the module that it wants into its package or a layer, and deploy it.';
    case 'missing-export':
      return isLocal
        ? 'Name an export that its module has: --local app.mjs#name, --local app.py#name.'
        : 'Name a handler that its module has in the function’s setting Handler.';
    case 'does-not-parse':
      return isLocal
        ? 'Repair the code, or name the file that was built from it (--local).'
        : 'Repair the code and deploy it.';
    case 'credentials':
      return isLocal
        ? 'It calls AWS and has no credentials here: --aws-credentials gives it yours.'
        : 'Its calls of AWS found no valid credentials: it has those of its role, unless its code or a variable brings others.';
    case 'denied':
      return isLocal
        ? 'It may not do that with the credentials that it has here: --aws-credentials with another --profile gives it others.'
        : 'Give its role the permission that it wants.';
    case 'missing-variable':
      return isLocal
        ? 'Give it the variable that it wants: --env NAME=value, or --env-file.'
        : 'Give the function the variable that it wants (its setting Environment), or a payload with what it looks for.';
    case 'unhandled-rejection':
      return 'A promise was rejected that nothing waits for: await it, or catch its error.';
    case 'no-json':
      return 'What it returns has no JSON (a BigInt, a date of Python, or an object that holds itself): return what JSON can hold.';
    case 'process-ended':
      return isLocal
        ? 'Its process ended before it answered: its last lines, above, may say why. If it ran out of memory, let it begin with more: --current 1024MB/60s.'
        : 'Its process ended before it answered: its log says why. If it ran out of memory, give it more before it is tuned.';
    case 'storage':
      return 'It writes more than its ephemeral storage holds (512 MB unless its settings say more): let it write less, or remove what it wrote before.';
    case 'descriptors':
      return 'It has more than 1,024 files and sockets open, which is Lambda’s limit: let it close what it opened.';
    case 'payload':
      return `Give a payload that it understands${isCommand(surface) ? ' (--payload)' : ''}, or name the error in ${IGNORED[surface]}.`;
  }
}

const IGNORED: Readonly<Record<Surface, string>> = {
  input: 'ignoreErrors',
  'peer-input': 'allowedExceptions',
  command: '--ignore-error',
  'command-local': '--ignore-error',
};

function isCommand(surface: Surface): boolean {
  return surface === 'command' || surface === 'command-local';
}
