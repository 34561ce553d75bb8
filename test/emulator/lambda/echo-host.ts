import type {
  FunctionHost,
  HostInvocation,
  HostReply,
} from '../../../src/emulator/lambda/function-host.ts';

/** A host that answers with what it was given, and can be told to wait before it does. */
export interface EchoHost extends FunctionHost {
  readonly invocations: HostInvocation[];
  readonly retired: string[];
  closed: boolean;
  /** Invocations wait for it. */
  gate: Promise<void>;
  /** Makes the reply of the next invocations. */
  reply: (invocation: HostInvocation) => HostReply | Promise<HostReply>;
}

export function echoHost(options: { readonly maxMemoryMb?: number } = {}): EchoHost {
  const maxMemoryMb = options.maxMemoryMb ?? 10_240;
  const host: EchoHost = {
    invocations: [],
    retired: [],
    closed: false,
    gate: Promise.resolve(),
    reply: (invocation) => ({
      payload: Buffer.from(
        JSON.stringify({
          memoryMb: invocation.settings.memoryMb,
          version: invocation.settings.version,
          invokedFunctionArn: invocation.invokedFunctionArn,
          event: JSON.parse(invocation.payload.toString()) as unknown,
        }),
      ),
      functionError: null,
      log: Buffer.from(`REPORT RequestId: ${invocation.requestId}\n`),
    }),
    cpu: 'settle',
    maxMemoryMb,
    refuses: (memoryMb) => (memoryMb > maxMemoryMb ? 'this machine has 1 CPU' : null),
    invoke: async (invocation) => {
      host.invocations.push(invocation);
      await host.gate;
      return host.reply(invocation);
    },
    retire: (functionArn, version) => {
      host.retired.push(`${functionArn}:${version}`);
      return Promise.resolve();
    },
    close: () => {
      host.closed = true;
      return Promise.resolve();
    },
  };
  return host;
}
