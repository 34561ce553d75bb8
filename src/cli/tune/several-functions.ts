import { plainName } from '../../core/compare/checked-name.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import type { TuneOptions } from './tune-options.ts';

const PLACE = '{function}';

/** Returns the options of one function: `{function}` in a path of `--out` is its name. */
export function optionsOf(functionName: string | undefined, options: TuneOptions): TuneOptions {
  if (functionName === undefined || options.out === undefined) return options;
  const name = plainName(functionName);
  return { ...options, out: options.out.map((file) => file.replaceAll(PLACE, name)) };
}

/** Tells what does not go with several functions, and which of their names are none. */
export function severalProblems(
  functionNames: readonly string[],
  options: TuneOptions,
): readonly string[] {
  const ofOne = (['local', 'template', 'recorded', 'attach', 'title'] as const).filter(
    (key) => options[key] !== undefined,
  );
  const flat = (options.out ?? []).filter((file) => !file.includes(PLACE));
  const twice = findRepeated(functionNames.map(withoutQualifier));
  const sameFile =
    options.out === undefined || twice.length > 0 ? [] : findRepeated(functionNames.map(plainName));
  return [
    ...ofOne.map((key) => `--${key}: has no effect with several functions, it is for one run`),
    ...flat.map(
      (file) =>
        `--out: wanted ${PLACE} in the path, for a file of each function (results/${PLACE}.json), it is ${file}`,
    ),
    ...twice.map((name) => `wanted each function once, ${name} is named several times`),
    ...sameFile.map((name) => `--out: wanted a file for each function, several are named ${name}`),
    ...functionNames
      .filter((name) => parseFunctionRef(name) === null)
      .map((name) => `wanted the name or ARN of a function, it is ${JSON.stringify(name)}`),
  ];
}

function findRepeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function withoutQualifier(functionName: string): string {
  return parseFunctionRef(functionName)?.functionName ?? functionName;
}
