import type { LambdaClient } from '@aws-sdk/client-lambda';

/**
 * Returns the same client, which begins no attempt once the signal is aborted. An attempt that is under way
 * is waited for: it may have reached AWS, and the next step must know what it did there.
 */
export function callUntil(client: LambdaClient, stopped: AbortSignal): LambdaClient {
  // Paginators check that they are given a LambdaClient, so the copy has its prototype.
  const until = Object.create(client) as LambdaClient;
  const send = client.send.bind(client) as (command: Command, ...rest: unknown[]) => unknown;
  until.send = ((command: Command, ...rest: unknown[]) => {
    command.middlewareStack.add(
      (next) => (args) => {
        stopped.throwIfAborted();
        return next(args);
      },
      // This step comes after the retries, so that it runs before each attempt.
      { step: 'finalizeRequest', priority: 'low', name: 'callUntil', override: true },
    );
    return send(command, ...rest);
  }) as LambdaClient['send'];
  return until;
}

interface Command {
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => unknown) => (args: never) => unknown,
      options: {
        readonly step: 'finalizeRequest';
        readonly priority: 'low';
        readonly name: string;
        readonly override: boolean;
      },
    ): void;
  };
}
