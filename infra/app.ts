import { App } from 'aws-cdk-lib';
import { TUNER_NAME_PREFIX } from '../src/contract/tuner.ts';
import { ContextError } from './app-context.ts';
import { TunerStack } from './tuner-stack.ts';

/** `npx cdk deploy`: see `cdk.json`, and `docs/security.md` for what may be set. */
const app = new App();
try {
  const name: unknown = app.node.tryGetContext('namePrefix');
  new TunerStack(app, typeof name === 'string' && name !== '' ? name : TUNER_NAME_PREFIX);
} catch (error) {
  if (!(error instanceof ContextError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
