import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { LocalSource } from '../project/local-source.ts';
import type { HandlerOptions } from './handler-options.ts';
import { systemCodeOf } from '../../../contract/shared/thrown.ts';

/** Environment variables for a handler; problems and notices name variables and never their values. */
export interface ReadVariables {
  readonly variables: Readonly<Record<string, string>>;
  readonly notices: readonly string[];
  readonly problems: readonly string[];
}

/** What Lambda asks of a name ("Environment", Lambda API reference, 2026-11). */
const NAME = /^[A-Za-z][A-Za-z0-9_]+$/;

/**
 * Names that Lambda keeps for itself ("Defined runtime environment variables", Developer Guide, 2026-11).
 * Access keys are among them there; here they are how a handler is given keys for a database on loopback.
 */
const RESERVED: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

/** Reads `--env` and `--env-file`; what is given later, and `--env` before files, wins. */
export async function readVariables({
  env = [],
  envFile = [],
}: Pick<HandlerOptions, 'env' | 'envFile'>): Promise<ReadVariables> {
  const problems: string[] = [];
  const notices: string[] = [];
  const variables: Record<string, string> = {};
  for (const file of envFile) {
    const read = await readEnvFile(file);
    problems.push(...read.problems);
    const kept = Object.keys(read.variables).filter((name) => RESERVED.has(name));
    if (kept.length > 0) {
      notices.push(`${file}: ${kept.join(', ')} left out; Lambda sets that itself (see --region).`);
    }
    for (const [name, value] of Object.entries(read.variables)) {
      if (!RESERVED.has(name)) variables[name] = value;
    }
  }
  for (const [index, text] of env.entries()) {
    const equals = text.indexOf('=');
    const name = text.slice(0, Math.max(equals, 0));
    if (equals === -1 || !NAME.test(name)) problems.push(oddText(index, env.length, equals, name));
    else if (RESERVED.has(name)) problems.push(`--env: ${reservedText(name)}`);
    else variables[name] = text.slice(equals + 1);
  }
  return { variables, notices, problems };
}

/** Puts what is given in front of what a template says, and names what neither of them knows. */
export function joinVariables(
  { environment, unset, name, notices }: LocalSource,
  given: ReadVariables,
): ReadVariables {
  const own = Object.entries(environment);
  const isKept = (variable: string): boolean => RESERVED.has(variable) || !NAME.test(variable);
  const kept = own.map(([variable]) => variable).filter(isKept);
  const missing = unset.filter((each) => given.variables[each.name] === undefined);
  return {
    ...given,
    variables: {
      ...Object.fromEntries(own.filter(([variable]) => !isKept(variable))),
      ...given.variables,
    },
    notices: [
      ...given.notices,
      ...notices,
      ...(kept.length === 0
        ? []
        : [`${name}: ${kept.join(', ')} left out; Lambda takes no such variable.`]),
      ...(missing.length === 0
        ? []
        : [
            `${name} runs without ${missing.map((each) => `${each.name} (${each.why})`).join(', ')}. --env NAME=VALUE or --env-file gives it what is not known here.`,
          ]),
    ],
  };
}

async function readEnvFile(file: string): Promise<Pick<ReadVariables, 'variables' | 'problems'>> {
  try {
    const parsed = parseEnv(await readFile(file, 'utf8'));
    const variables = Object.fromEntries(
      Object.entries(parsed).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      ),
    );
    const odd = Object.keys(variables).filter((name) => !NAME.test(name));
    return {
      variables,
      problems: odd.map(
        (name) =>
          `--env-file: ${file} has the name ${JSON.stringify(name)}; Lambda takes letters, digits and _, a letter first, two at least`,
      ),
    };
  } catch (error) {
    const code = systemCodeOf(error);
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be read');
    return {
      variables: {},
      problems: [`--env-file: wanted a file of KEY=VALUE lines, ${file}: ${why}`],
    };
  }
}

/** A text without a name may be a value that was meant to stay unseen: it is counted, not shown. */
function oddText(index: number, count: number, equals: number, name: string): string {
  const which = count === 1 ? '' : ` (number ${index + 1} of ${count})`;
  return equals === -1
    ? `--env${which}: wanted KEY=VALUE, it has no "="`
    : `--env${which}: wanted a name of letters, digits and _, a letter first, two at least, it is ${JSON.stringify(name)}`;
}

function reservedText(name: string): string {
  return `${name} is set by Lambda itself and cannot be given${name.endsWith('REGION') ? '; wanted --region' : ''}`;
}
