import { createHash } from 'node:crypto';
import type { CheckInput } from '../../contract/check/check-stages.ts';

/**
 * Returns a hash that tells one set of payloads from another, over their content and their shares. Neither the
 * order of keys nor that of payloads matters, and weights of 1 and 1 are those of 2 and 2. Whether payloads
 * vary does matter.
 */
export function hashPayloads(payloads: CheckInput['payloads'], varies = false): string {
  const all = payloads.reduce((sum, { weight }) => sum + weight, 0);
  const texts = payloads.map(
    ({ payload, weight }) => `${(weight / all).toPrecision(9)} ${canonical(payload)}`,
  );
  const text = [...(varies ? ['varied'] : []), ...texts.toSorted()].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
