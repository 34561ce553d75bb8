import type { LambdaClient } from '@aws-sdk/client-lambda';
import { REGION_PATTERN } from '../contract/shared/region.ts';
import { invokeClient, type ConnectionOptions } from './lambda-client.ts';

const ARN_OF_FUNCTION = new RegExp(`^arn:aws[a-z-]*:lambda:(${REGION_PATTERN}):`);

/** Clients to invoke with: a function that is named by its ARN is called in its own region. */
export interface ClientsByRegion {
  readonly of: (functionName: string) => LambdaClient;
  readonly destroy: () => void;
}

export function invokeClients(options: ConnectionOptions): ClientsByRegion {
  const clients = new Map<string, LambdaClient>();
  return {
    of(functionName) {
      const region = ARN_OF_FUNCTION.exec(functionName)?.[1] ?? options.region;
      const known = clients.get(region ?? '');
      if (known !== undefined) return known;
      const made = invokeClient(region === undefined ? options : { ...options, region });
      clients.set(region ?? '', made);
      return made;
    },
    destroy() {
      for (const client of clients.values()) client.destroy();
    },
  };
}
