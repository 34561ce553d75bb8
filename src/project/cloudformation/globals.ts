import { isList, isRecord, member, type Raw } from '../values/value.ts';

/** Properties of SAM's Globals that join those of the function instead of giving way ("Globals section", SAM Developer Guide, 2026-11). */
const JOINED_MAPS: readonly string[] = ['Environment', 'Tags', 'VpcConfig', 'LoggingConfig'];

/** Returns the properties of a SAM function with those that `Globals` gives it. */
export function withGlobals(
  properties: { readonly [key: string]: Raw },
  template: { readonly [key: string]: Raw },
): { readonly [key: string]: Raw } {
  const globals = member(template['Globals'], 'Function');
  if (globals === undefined || !isRecord(globals)) return properties;
  const joined: Record<string, Raw> = { ...globals, ...properties };
  for (const [name, global] of Object.entries(globals)) {
    const own = properties[name];
    if (own === undefined) continue;
    if (isList(global) && isList(own)) {
      joined[name] = [...global, ...own];
    } else if (JOINED_MAPS.includes(name)) joined[name] = joinMaps(global, own);
  }
  return joined;
}

function joinMaps(global: Raw, own: Raw): Raw {
  if (!isRecord(global) || !isRecord(own)) return own;
  return Object.fromEntries(
    [...new Set([...Object.keys(global), ...Object.keys(own)])].map((key) => {
      const [above, below] = [global[key], own[key]];
      if (below === undefined) return [key, above ?? null];
      return [key, above === undefined ? below : joinMaps(above, below)];
    }),
  );
}
