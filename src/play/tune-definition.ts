import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The workflow as Step Functions gets it: `state-machine/tune.asl.json`, found through the package's
 * import map, so that sources and built files read the same file.
 */
export function tuneDefinition(): unknown {
  const path = createRequire(import.meta.url).resolve('#state-machine/tune.asl.json');
  return JSON.parse(readFileSync(path, 'utf8'));
}
