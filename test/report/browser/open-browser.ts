import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** One tab of a browser without a window, driven over its pipe (the DevTools protocol). */
export interface Browser {
  /** Opens an address and waits until it is loaded. */
  readonly open: (url: string) => Promise<void>;
  readonly send: (method: string, parameters?: object) => Promise<Record<string, unknown>>;
  /** Runs an expression in the page; the value of a promise is waited for. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** A folder of its own, which is gone when it is closed. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** Starts a Chromium with one tab. Whatever it keeps is in a folder of its own. */
export async function openBrowser(command: string): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'powerdial-pages-'));
  const child = spawn(
    command,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--allow-file-access-from-files',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--remote-debugging-pipe',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const pipe = new Pipe(child);
  const { targetInfos } = (await pipe.send('Target.getTargets')) as {
    readonly targetInfos: readonly { readonly type: string; readonly targetId: string }[];
  };
  const page = targetInfos.find(({ type }) => type === 'page');
  const targetId =
    page?.targetId ??
    ((await pipe.send('Target.createTarget', { url: 'about:blank' }))['targetId'] as string);
  const attached = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
  const session = attached['sessionId'] as string;
  const send: Browser['send'] = (method, parameters) => pipe.send(method, parameters, session);
  await send('Page.enable');
  return {
    folder,
    send,
    open: async (url) => {
      const loaded = pipe.event('Page.loadEventFired');
      await send('Page.navigate', { url });
      await loaded;
    },
    evaluate: async (expression) => {
      const said = (await send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })) as {
        readonly result: { readonly value?: unknown };
        readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
      };
      if (said.exceptionDetails !== undefined) {
        throw new Error(`the page: ${said.exceptionDetails.exception?.description ?? ''}`);
      }
      return said.result.value;
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      await pipe.send('Browser.close');
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Messages end with a zero byte each; the browser reads from its descriptor 3 and writes to 4. */
class Pipe {
  readonly #writable: Writable;
  readonly #asked = new Map<number, { resolve: (value: Message) => void }>();
  readonly #waiting: { readonly method: string; readonly resolve: () => void }[] = [];
  #last = 0;
  #text = '';

  constructor(child: ChildProcess) {
    this.#writable = child.stdio[3] as Writable;
    const readable = child.stdio[4] as Readable;
    readable.setEncoding('utf8');
    readable.on('data', (text: string) => {
      this.#take(text);
    });
    child.on('close', () => {
      for (const { resolve } of this.#asked.values()) {
        resolve({ error: { message: 'the browser has ended' } });
      }
    });
  }

  #take(text: string): void {
    const messages = (this.#text + text).split('\0');
    this.#text = messages.pop() ?? '';
    for (const each of messages) {
      const message = JSON.parse(each) as Message;
      if (message.id !== undefined) {
        this.#asked.get(message.id)?.resolve(message);
        this.#asked.delete(message.id);
      }
      for (const [index, { method, resolve }] of [...this.#waiting.entries()].reverse()) {
        if (method !== message.method) continue;
        this.#waiting.splice(index, 1);
        resolve();
      }
    }
  }

  event(method: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ method, resolve });
    });
  }

  async send(
    method: string,
    parameters: object = {},
    sessionId?: string,
  ): Promise<Record<string, unknown>> {
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise<Message>((resolve) => {
      this.#asked.set(id, { resolve });
    });
    const message = { id, method, params: parameters, ...(sessionId && { sessionId }) };
    this.#writable.write(`${JSON.stringify(message)}\0`);
    const { error, result } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }
}
