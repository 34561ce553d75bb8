const MOST_LINES = 3;

/** Frames of the runtime, and of Node, which lead nobody to a mistake. */
const RUNTIME = /node:internal\/|\/node-runtime(?:\/|\.mjs)|\/var\/runtime\//;

/**
 * Returns the first lines of the stack in an error as Lambda's runtimes answer it: `trace` (Node) or
 * `stackTrace` (Python, Java, Ruby, .NET). None where the answer has none.
 */
export function errorStack(body: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  const { trace, stackTrace } = (parsed ?? {}) as Record<string, unknown>;
  const lines = [trace, stackTrace].find((each): each is unknown[] => Array.isArray(each)) ?? [];
  return (
    lines
      .filter((line): line is string => typeof line === 'string')
      .flatMap((line) => line.trimEnd().split('\n'))
      // What Node begins with is the message once more.
      .filter((line, index) => index > 0 || /^\s/.test(line) || Array.isArray(stackTrace))
      .filter((line) => line.trim() !== '' && !RUNTIME.test(line))
      .slice(0, MOST_LINES)
  );
}
