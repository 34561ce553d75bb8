import type { Deps } from '../contract/deps.ts';
import { listAliases, pointAlias } from './alias-calls.ts';
import { readFunctionConcurrency, readUnreservedConcurrency } from './concurrency-calls.ts';
import { readConfiguration, updateConfiguration } from './configuration-calls.ts';
import { invoke } from './invoke-call.ts';
import { controlClient, invokeClient, type ConnectionOptions } from './lambda-client.ts';
import { deleteVersion, listVersions, publishVersion } from './version-calls.ts';

/** Everything about Lambda that the stages need; `close` frees the sockets. */
export type LambdaDeps = Omit<Deps, 'now' | 'sleep' | 'onProgress'> & {
  readonly close: () => void;
};

export function lambdaDeps(options: ConnectionOptions, stop?: AbortSignal): LambdaDeps {
  const control = controlClient(options);
  const invoking = invokeClient(options);
  return {
    readConfiguration: readConfiguration(control),
    updateConfiguration: updateConfiguration(control),
    publishVersion: publishVersion(control),
    listVersions: listVersions(control),
    deleteVersion: deleteVersion(control),
    listAliases: listAliases(control),
    pointAlias: pointAlias(control),
    readFunctionConcurrency: readFunctionConcurrency(control),
    readUnreservedConcurrency: readUnreservedConcurrency(control),
    invoke: invoke(invoking, stop),
    close() {
      control.destroy();
      invoking.destroy();
    },
  };
}
