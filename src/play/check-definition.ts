import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The check's workflow: `state-machine/check.asl.json`, found through the package's import map. */
export function checkDefinition(): unknown {
  const path = createRequire(import.meta.url).resolve('#state-machine/check.asl.json');
  return JSON.parse(readFileSync(path, 'utf8'));
}
