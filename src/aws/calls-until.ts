import type { LambdaClient } from '@aws-sdk/client-lambda';

/**
 * The same client, whose calls begin no attempt once the signal is aborted. An attempt under way is
 * waited for: it may have reached AWS, and what it did there must be known before anything follows it.
 */
export function callsUntil(client: LambdaClient, stopped: AbortSignal): LambdaClient {
  // Paginators ask whether they are given a LambdaClient, so it is one.
  const until = Object.create(client) as LambdaClient;
  const send = client.send.bind(client) as (command: Command, ...rest: unknown[]) => unknown;
  until.send = ((command: Command, ...rest: unknown[]) => {
    command.middlewareStack.add(
      (next) => (args) => {
        stopped.throwIfAborted();
        return next(args);
      },
      // Behind the retries: asked before each attempt.
      { step: 'finalizeRequest', priority: 'low', name: 'callsUntil', override: true },
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
