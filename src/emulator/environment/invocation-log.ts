import type { PlatformLogWriter } from '../lambda/platform-log-writer.ts';
import type { Environment } from './environment.ts';
import type { InitResult } from './environment-kind.ts';
import { describeEnding } from './invocation-ending.ts';

/** The log of one invocation, platform lines and application lines in the order of their making. */
export class InvocationLog {
  readonly #environment: Environment;
  readonly #writer: PlatformLogWriter;
  /** By the handler. */
  readonly printed: Buffer[] = [];
  readonly #parts: Buffer[] = [];
  readonly #hide: (bytes: Buffer) => Buffer;

  constructor(
    environment: Environment,
    writer: PlatformLogWriter,
    hide: (bytes: Buffer) => Buffer,
  ) {
    this.#hide = hide;
    this.#environment = environment;
    this.#writer = writer;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  platform(line: (writer: PlatformLogWriter, atMs: number) => string): void {
    this.#parts.push(Buffer.from(line(this.#writer, Date.now())));
  }

  initReport({ ms, failure }: InitResult, phase: 'init' | 'invoke'): void {
    const words =
      failure === null
        ? { status: 'success' as const, errorType: null }
        : describeEnding(failure, { requestId: '', timeoutSeconds: 0 });
    this.platform((writer, atMs) =>
      writer.initReport(
        { initMs: ms, phase, status: words.status, errorType: words.errorType },
        atMs,
      ),
    );
  }

  /** What the process printed since the last time, ended by a line break. */
  application(): void {
    const printed = this.#hide(this.#environment.takeLog());
    if (printed.length === 0) return;
    this.#parts.push(printed);
    this.printed.push(printed);
    if (printed.at(-1) !== 0x0a) this.#parts.push(Buffer.from('\n'));
  }
}
