import { parseCheckConfig, type CheckConfig } from '../../contract/check/check-config.ts';
import { findSharedNames } from '../../api/check/find-shared-names.ts';
import { readConfigFile } from '../shared/config-file.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { readFraction, readNumber, type Read } from '../../api/tune/read-quantities.ts';
import type { CheckOptions } from './check-options.ts';

/**
 * Returns the configuration: the file that is named, or the one in the working directory and in no folder
 * above it, with what the command line says over it.
 *
 * @throws {UsageError} with all problems together
 */
export async function readConfig(options: CheckOptions): Promise<CheckConfig> {
  const { file, raw: found } = await readConfigFile(options.config);
  const raw = found === undefined ? {} : found;
  const problems: string[] = [];
  const given = (read: Read<number> | null, key: string): Record<string, number> => {
    if (read === null) return {};
    if (read.kind === 'value') return { [key]: read.value };
    problems.push(read.problem);
    return {};
  };
  const number = (option: string, value: string | undefined): Read<number> | null =>
    value === undefined ? null : readNumber(option, value);
  const over = {
    ...given(number('--max-invocations', options.maxInvocations), 'maxInvocations'),
    ...given(number('--concurrency', options.concurrency), 'concurrency'),
    ...given(number('--max-usd', options.maxUsd), 'maxUsd'),
    ...given(number('--seed', options.seed), 'seed'),
    ...given(
      options.falseAlarmRate === undefined
        ? null
        : readFraction('--false-alarm-rate', options.falseAlarmRate),
      'falseAlarmRate',
    ),
  };
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  const parsed = parseCheckConfig(isObject ? { ...raw, ...over } : raw);
  if (parsed.kind === 'invalid') {
    const where = found === undefined ? '' : `${file}: `;
    throw new UsageError([...problems, ...parsed.problems.map((problem) => `${where}${problem}`)]);
  }
  problems.push(...findSharedNames(parsed.config).map((problem) => `${file}: ${problem}`));
  if (problems.length > 0) throw new UsageError(problems);
  return parsed.config;
}
