import type { Json } from '../../contract/shared/json.ts';
import type { Catcher, Retrier } from './definition.ts';
import type { ObjectReader } from './object-reader.ts';
import { MOST_SECONDS } from './time-values.ts';

const RETRIER_FIELDS = [
  'Comment',
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
];
const CATCHER_FIELDS = ['Comment', 'ErrorEquals', 'Next', 'Assign', 'Output'];

/** Returns the retriers of a state, with the language's defaults: 3 attempts, after 1, 2 and 4 seconds. */
export function parseRetry(state: ObjectReader): readonly Retrier[] {
  const readers = state.list('Retry');
  return readers.map((reader, index) => {
    reader.allow('a retrier', RETRIER_FIELDS);
    reader.string('Comment');
    const jitter = reader.string('JitterStrategy') ?? 'NONE';
    if (jitter !== 'FULL' && jitter !== 'NONE') {
      reader.report('JitterStrategy', `Must be FULL or NONE, not ${jitter}.`);
    }
    return {
      errorEquals: parseErrorEquals(reader, index === readers.length - 1),
      intervalSeconds: reader.number('IntervalSeconds', { min: 1, max: MOST_SECONDS }) ?? 1,
      maxAttempts: reader.number('MaxAttempts', { min: 0, max: MOST_SECONDS }) ?? 3,
      backoffRate:
        reader.number('BackoffRate', { min: 1, max: Number.MAX_VALUE, fraction: true }) ?? 2,
      maxDelaySeconds: reader.number('MaxDelaySeconds', { min: 1, max: 31_622_399 }) ?? Infinity,
      jitter: jitter === 'FULL' ? 'FULL' : 'NONE',
    };
  });
}

export function parseCatch(state: ObjectReader): readonly Catcher[] {
  const readers = state.list('Catch');
  const access = { result: false, errorOutput: true };
  return readers.map((reader, index) => {
    reader.allow('a catcher', CATCHER_FIELDS);
    reader.string('Comment');
    return {
      errorEquals: parseErrorEquals(reader, index === readers.length - 1),
      next: reader.target('Next'),
      assign: reader.assignments(access),
      output: reader.template('Output', access),
    };
  });
}

function parseErrorEquals(reader: ObjectReader, last: boolean): readonly string[] {
  const value = reader.get('ErrorEquals');
  if (!isStrings(value) || value.length === 0) {
    reader.report('ErrorEquals', 'Must be a list of one or more error names.');
    return [];
  }
  if (value.includes('States.ALL') && (value.length > 1 || !last)) {
    reader.report('ErrorEquals', 'States.ALL must stand alone, in the last entry of its list.');
  }
  return value;
}

function isStrings(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item: Json) => typeof item === 'string');
}
