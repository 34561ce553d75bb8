import { App } from 'aws-cdk-lib';
import { WORKFLOW_NAME_PREFIX } from '../src/contract/shared/tuner.ts';
import { ContextError } from './app-context.ts';
import { isNamePrefix } from '../src/contract/shared/name-prefix.ts';
import { TunerStack } from './tuner-stack.ts';

/** `npx cdk deploy`: see `cdk.json`, and `docs/security.md` for what may be set. */
const app = new App();
try {
  const prefix: unknown = app.node.tryGetContext('namePrefix');
  // What cannot be a name is told with everything else that is wrong.
  const isName = typeof prefix === 'string' && isNamePrefix(prefix);
  new TunerStack(app, isName ? prefix : WORKFLOW_NAME_PREFIX);
} catch (error) {
  if (!(error instanceof ContextError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
