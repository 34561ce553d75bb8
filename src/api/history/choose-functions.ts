import type { ListFunctions } from '../../contract/history/deps.ts';
import type { ReadTags } from '../../contract/shared/deps.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { UsageError } from '../shared/usage-error.ts';
import type { HistoryChoice } from './history-choice.ts';

interface Calls {
  readonly listFunctions: ListFunctions;
  readonly readTags: ReadTags;
}

/** What is wrong with the choice, before anything is asked of AWS. */
export function choiceProblems(
  functions: readonly string[],
  { all, tag = [], name }: HistoryChoice,
): readonly string[] {
  const chooses = all === true || tag.length > 0 || name !== undefined;
  return [
    ...(functions.length === 0 && !chooses
      ? ["wanted a function, or --all, --tag key=value or --name 'orders-*'"]
      : []),
    ...(functions.length > 0 && chooses
      ? ['wanted functions by name, or --all, --tag and --name; there are both']
      : []),
    ...functions
      .filter((each) => parseFunctionRef(each) === null)
      .map((each) => `wanted the name or ARN of a function, it is ${JSON.stringify(each)}`),
    ...functions
      .filter((each) => (parseFunctionRef(each)?.qualifier ?? null) !== null)
      .map((each) => `${each}: a history is of all versions; leave the qualifier out`),
    ...tag
      .filter((each) => !/^[^=]+=/.test(each))
      .map((each) => `--tag: wanted key=value, it is ${JSON.stringify(each)}`),
  ];
}

/** @throws {UsageError} when nothing fits */
export async function chooseFunctions(
  calls: Calls,
  functions: readonly string[],
  { tag = [], name }: HistoryChoice,
): Promise<readonly string[]> {
  if (functions.length > 0) return [...new Set(functions)];
  const pattern = name === undefined ? /^/ : patternOf(name);
  const named = (await calls.listFunctions()).filter((each) => pattern.test(each.name));
  const wanted = tag.map((each) => each.split(/=(.*)/s).slice(0, 2));
  const found: string[] = [];
  for (const each of named) {
    const tags = wanted.length === 0 ? {} : await calls.readTags(each.arn);
    if (wanted.every(([key = '', value]) => tags[key] === value)) found.push(each.name);
  }
  if (found.length === 0) throw new UsageError(['no function of the region fits --tag and --name']);
  return found;
}

function patternOf(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}
