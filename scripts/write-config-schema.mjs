// Writes the JSON Schema of powerdial.config.json from the code: part of `npm run docs`. A test compares them.
import { writeFileSync } from 'node:fs';
import { checkConfigJsonSchema } from '../dist/src/contract/check/check-config.js';

writeFileSync(
  new URL('../docs/powerdial.config.schema.json', import.meta.url),
  `${JSON.stringify(checkConfigJsonSchema(), null, 2)}\n`,
);
