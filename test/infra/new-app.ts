import { App } from 'aws-cdk-lib';

/**
 * An app to synthesize a part of. CloudFormation's schemas look at the whole template in `npm run synth`;
 * with every app of a test they would take eight seconds of the processor once and one or two each time.
 */
export function newApp(context: Readonly<Record<string, unknown>> = {}): App {
  return new App({ context, analyticsReporting: false, builtinCloudFormationValidation: false });
}
