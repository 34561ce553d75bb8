import { isList } from '../../contract/shared/json.ts';
import { memberOf } from '../../contract/shared/member-of.ts';

const MOST_LINES = 3;

/** Frames of the runtime, of Node and of Python's imports, which lead nobody to a mistake. */
const RUNTIME =
  /node:internal\/|\/node-runtime(?:\/|\.mjs)|\/python-runtime\.py"|\/var\/runtime\/|\/importlib\/__init__\.py"|<frozen importlib/;

/** How an entry of a Python stack begins; it ends with the line of code, and the last entry is where it failed. */
const PYTHON_FRAME = /^ {2}File "/;
const MOST_PYTHON_FRAMES = 2;

/**
 * Returns the lines nearest to the mistake of the stack in an error as Lambda's runtimes answer it: `trace` (Node) or
 * `stackTrace` (Python, Java, Ruby, .NET). None where the answer has none.
 */
export function errorStack(body: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  const stackTrace = memberOf(parsed, 'stackTrace');
  const entries = [memberOf(parsed, 'trace'), stackTrace].find(isList) ?? [];
  const lines = entries.filter((entry): entry is string => typeof entry === 'string');
  if (lines.some((entry) => PYTHON_FRAME.test(entry))) {
    const own = lines.filter((entry) => !RUNTIME.test(entry)).slice(-MOST_PYTHON_FRAMES);
    return own.flatMap((entry) => entry.trimEnd().split('\n'));
  }
  return (
    lines
      .flatMap((line) => line.trimEnd().split('\n'))
      // What Node begins with is the message once more.
      .filter((line, index) => index > 0 || /^\s/.test(line) || isList(stackTrace))
      .filter((line) => line.trim() !== '' && !RUNTIME.test(line))
      .slice(0, MOST_LINES)
  );
}
