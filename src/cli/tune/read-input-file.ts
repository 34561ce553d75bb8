import { readFile } from 'node:fs/promises';
import type { Json } from '../../contract/shared/json.ts';
import { readFunctionName } from '../../contract/shared/read-function-name.ts';
import { isPeerInput } from '../../contract/tune/peer-input.ts';
import { OWN_KEYS } from '../../contract/tune/peer-keys.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { parseJson } from '../../api/shared/read-json.ts';
import { messageOf, systemCodeOf } from '../../contract/shared/thrown.ts';

/** An execution's input, ours or aws-lambda-power-tuning's, as a file holds it. */
export interface InputFile {
  readonly path: string;
  readonly input: { readonly [key: string]: Json };
  readonly isPeers: boolean;
  /** Whether it is `tune` of the configuration: what a run takes that has no input of its own. */
  readonly isConfiguration?: boolean;
  /** The function that the input names; `null` where it names none. */
  readonly functionName: string | null;
}

/**
 * Reads `--input`.
 *
 * @throws {UsageError} where there is no such file, or none that holds an object
 */
export async function readInputFile(path: string): Promise<InputFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = systemCodeOf(error) === 'ENOENT';
    throw new UsageError([
      `--input: wanted a file of JSON, ${missing ? `there is no ${path}` : String(error)}`,
    ]);
  }
  let input: Json;
  try {
    input = parseJson(text) as Json;
  } catch (error) {
    throw new UsageError([`--input: wanted JSON in ${path}: ${messageOf(error)}`]);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError([`--input: wanted an execution's input in ${path}, an object`]);
  }
  const read = input as { readonly [key: string]: Json };
  return { path, input: read, isPeers: isPeerInput(read), functionName: readFunctionName(read) };
}

/** Keys that an option may say beside aws-lambda-power-tuning's input. */
const BESIDE_ITS: readonly string[] = ['function', 'dryRun', ...OWN_KEYS];

/** Tells what the options say beside the file, which they go before; objects are put together key by key. */
export function joinInputs(
  file: InputFile,
  options: { readonly [key: string]: Json },
): { readonly input: { readonly [key: string]: Json }; readonly problems: readonly string[] } {
  if (!file.isPeers)
    return {
      input: { ...withoutReplaced(file.input, options), ...merge(file.input, options) },
      problems: [],
    };
  const { function: functionName = '', ...others } = options;
  const problems = Object.keys(others)
    .filter((key) => !BESIDE_ITS.includes(key))
    .map(
      (key) =>
        `${key}: wanted no such option beside aws-lambda-power-tuning's input in ${file.path}; say it there, in its words`,
    );
  const beside = Object.entries(others).filter(([key]) => BESIDE_ITS.includes(key));
  const input = { ...file.input, lambdaARN: functionName, ...Object.fromEntries(beside) };
  return { input, problems };
}

/** A payload of the options takes the place of the file's, whichever way that has it. */
function withoutReplaced(
  input: InputFile['input'],
  options: InputFile['input'],
): { readonly [key: string]: Json } {
  const payloads = ['payload', 'payloads', 'payloadS3'];
  if (!payloads.some((key) => key in options)) return input;
  return Object.fromEntries(Object.entries(input).filter(([key]) => !payloads.includes(key)));
}

function merge(input: InputFile['input'], options: InputFile['input']): InputFile['input'] {
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => {
      const before = input[key];
      return [
        key,
        isObject(before) && isObject(value) && key !== 'payload' ? { ...before, ...value } : value,
      ];
    }),
  );
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
