// Writes the JSON Schemas of powerdial.config.json, of powerdial.sizes.json and of results from the code: part of `npm run docs`. Tests compare.
import { writeFileSync } from 'node:fs';
import { checkConfigJsonSchema } from '../dist/src/contract/check/check-config.js';
import { measuredSizesJsonSchema } from '../dist/src/contract/shared/measured-sizes.js';
import { resultJsonSchema } from '../dist/src/contract/tune/result.js';

const schemas = {
  'powerdial.config.schema.json': checkConfigJsonSchema(),
  'powerdial.sizes.schema.json': measuredSizesJsonSchema(),
  'result.schema.json': resultJsonSchema(),
};

for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(
    new URL(`../docs/${name}`, import.meta.url),
    `${JSON.stringify(schema, null, 2)}\n`,
  );
}
