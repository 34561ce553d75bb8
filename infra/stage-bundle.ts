import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';

/**
 * Returns the one bundle that every stage's function runs.
 *
 * @throws where it has not been built
 */
export function stageBundle(): Code {
  const root = path.dirname(createRequire(import.meta.url).resolve('#package.json'));
  const folder = path.join(root, 'dist', 'lambda');
  if (!existsSync(path.join(folder, 'index.mjs'))) {
    throw new Error(
      `Deploy the stages: wanted their bundle in ${folder}, there is none. Run \`npm run build\`.`,
    );
  }
  return Code.fromAsset(folder);
}
