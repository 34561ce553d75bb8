import { isJson } from '../../src/contract/shared/json.ts';
import { parseArgs } from 'node:util';
import { ASSUMPTIONS } from './assumptions.ts';

export interface Options {
  readonly functionName: string;
  /** The role of a function to be made; `null` where the function is there. */
  readonly role: string | null;
  readonly region: string | null;
  readonly profile: string | null;
  readonly payload: string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly evenWithCallers: boolean;
  readonly only: readonly string[] | null;
  readonly logWaitMs: number;
}

export class UsageError extends Error {}

export const USAGE = `npm run verify:aws -- --function NAME [--create --role ARN] [options]

Tries in your account what Powerdial assumes about AWS, on one throw-away function, and puts it back.

  --function NAME       the function to try it on; none other is touched
  --create --role ARN   make that function first, with this role, and delete it at the end
  --payload JSON        what to invoke it with ({})
  --yes                 do not ask
  --even-with-callers   also on a function that has aliases or triggers
  --only ID,ID          only these assumptions
  --log-wait SECONDS    how long lines in CloudWatch Logs are waited for (90)
  --region, --profile   as everywhere
  --json                the result as JSON

Exit code: 0 all that was tried held, 1 something did not, 2 usage or a refusal, 3 it could not be run to
its end or something is left, 130 interrupted and everything put back.
`;

/** @throws {UsageError} with every problem */
export function readOptions(argv: readonly string[]): Options | 'help' {
  const values = parse(argv);
  if (values.help === true) return 'help';
  const only = values.only?.split(',') ?? null;
  const problems = [
    ...(/^[A-Za-z0-9_-]{1,64}$/.test(values.function ?? '')
      ? []
      : ['--function: wanted the plain name of a function']),
    ...((values.create === true) === (values.role !== undefined)
      ? []
      : ['--create and --role: wanted both or neither']),
    ...(isJson(values.payload ?? '{}') ? [] : ['--payload: wanted JSON']),
    ...(Number(values['log-wait'] ?? 90) >= 0 ? [] : ['--log-wait: wanted seconds']),
    ...(only ?? [])
      .filter((id) => !ASSUMPTIONS.some((each) => each.id === id))
      .map((id) => `--only: there is no assumption ${id}`),
  ];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return {
    functionName: values.function ?? '',
    role: values.role ?? null,
    region: values.region ?? null,
    profile: values.profile ?? null,
    payload: values.payload ?? '{}',
    yes: values.yes === true,
    json: values.json === true,
    evenWithCallers: values['even-with-callers'] === true,
    only,
    logWaitMs: Number(values['log-wait'] ?? 90) * 1000,
  };
}

function parse(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        function: { type: 'string' },
        create: { type: 'boolean' },
        role: { type: 'string' },
        region: { type: 'string' },
        profile: { type: 'string' },
        payload: { type: 'string' },
        yes: { type: 'boolean' },
        json: { type: 'boolean' },
        'even-with-callers': { type: 'boolean' },
        only: { type: 'string' },
        'log-wait': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
