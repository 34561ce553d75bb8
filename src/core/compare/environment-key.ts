import type { EnvironmentKey } from '../../contract/check/check.ts';

const WORDS: Readonly<Record<keyof EnvironmentKey, string>> = {
  architecture: 'architecture',
  region: 'region',
  memoryMb: 'memory',
  runtime: 'runtime',
  layers: 'layers',
  emulation: 'CPU share',
  toolSchema: 'tool schema',
  payloads: 'payloads',
};

/** What a stored baseline and the head were measured on differently, in words; empty: comparable. */
export function keyMismatches(base: EnvironmentKey, head: EnvironmentKey): readonly string[] {
  return (Object.keys(WORDS) as (keyof EnvironmentKey)[])
    .filter((name) => name !== 'payloads' || (base.payloads !== null && head.payloads !== null))
    .filter((name) => JSON.stringify(base[name]) !== JSON.stringify(head[name]))
    .map((name) => `${WORDS[name]} ${shown(base[name])} then, ${shown(head[name])} now`);
}

function shown(value: EnvironmentKey[keyof EnvironmentKey]): string {
  if (value === null) return 'none';
  return typeof value === 'object' ? `[${value.join(', ')}]` : String(value);
}
