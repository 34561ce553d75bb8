import { UsageError } from '../shared/usage-error.ts';
import type { TargetOptions } from './target-options.ts';

/** Tells which of its three kinds the target is; exactly one must be named. */
export function targetKind(
  functionName: string | undefined,
  options: Pick<TargetOptions, 'local' | 'template' | 'recorded'>,
): 'aws' | 'local' | 'recorded' {
  const named = [
    ...(functionName === undefined ? [] : ['a function']),
    ...(options.local === undefined ? [] : ['--local']),
    ...(options.template === undefined ? [] : ['--template']),
    ...(options.recorded === undefined ? [] : ['--recorded']),
  ];
  if (named.length !== 1) {
    throw new UsageError([
      named.length === 0
        ? 'wanted something to tune: a function on AWS, --local <handler>, --template <file> or --recorded <file.json>'
        : `wanted one thing to tune, got ${named.join(' and ')}`,
    ]);
  }
  return options.local !== undefined || options.template !== undefined
    ? 'local'
    : options.recorded !== undefined
      ? 'recorded'
      : 'aws';
}
