import type { UpdateConfiguration } from '../../contract/shared/deps.ts';
import type {
  FunctionConfiguration,
  SystemLogLevel,
} from '../../contract/shared/function-configuration.ts';

type Change = Omit<Parameters<UpdateConfiguration>[0], 'functionName' | 'revisionId'>;

/**
 * Returns a change of settings as it is sent: with a new log level goes the rest of what the function says
 * about its logs, as it is. AWS does not say whether members that are left out keep their values.
 */
export function withLogging(
  found: Pick<FunctionConfiguration, 'logFormat' | 'applicationLogLevel' | 'logGroup'>,
  {
    systemLogLevel,
    ...change
  }: Omit<Change, 'logging'> & { readonly systemLogLevel?: SystemLogLevel },
): Change {
  if (systemLogLevel === undefined) return change;
  const { logFormat, applicationLogLevel, logGroup } = found;
  return { ...change, logging: { logFormat, applicationLogLevel, systemLogLevel, logGroup } };
}
