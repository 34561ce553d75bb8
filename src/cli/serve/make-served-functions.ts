import { applicationLines } from '../../core/platform-log/application-lines.ts';
import type { HandlerOutput } from '../../emulator/index.ts';
import { printableText } from '../../words/plain-text.ts';
import { idleHandlerOptions } from '../../api/shared/handler/handler-options.ts';
import { idlePython } from '../../api/shared/handler/idle-python.ts';
import { idleTemplateOptions } from '../../api/shared/project/template-options.ts';
import type { Terminal } from '../shared/terminal.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import type { EmbeddedFunctionFacts } from '../../api/tune/open-embedded.ts';
import type { ServeOptions } from './serve-options.ts';

/**
 * Makes a function of each `--local`, `--template` and `--recorded`, all problems together. When there are
 * any, what was already started is ended again.
 *
 * @throws {UsageError}
 */
export async function makeServedFunctions(
  options: ServeOptions,
  terminal: Pick<Terminal, 'stderr'>,
): Promise<readonly EmbeddedFunctionFacts[]> {
  refuseIdleOptions(options);
  const making = new FunctionsInMaking();
  try {
    // Made one after the other: a host looks at how the processor is shared before it settles.
    await makeLocal(making, options, terminal);
    await makeFromTemplates(making, options, terminal);
    for (const text of options.recorded ?? []) {
      const { recordedFunction } = await import('../../api/tune/open-recorded.ts');
      await making.make(text, (file) => recordedFunction(file, options));
    }
    const { functions, problems } = making;
    // `--current` and `--cpu` are wrong once, however many functions they are for.
    const runtimes = functions.map(({ runtime }) => runtime);
    const idle = problems.length === 0 ? idlePython(options, runtimes) : [];
    const all = [...new Set([...problems, ...idle, ...problemsOfNames(functions)])];
    if (all.length > 0) throw new UsageError(all);
    return functions;
  } catch (error) {
    await Promise.all(making.functions.map(({ host }) => host.close()));
    throw error;
  }
}

/** @throws {UsageError} where nothing is served, or an option is for something that is not served */
function refuseIdleOptions(options: ServeOptions): void {
  const { local = [], template = [], recorded = [], logs = [] } = options;
  if (local.length + template.length + recorded.length + logs.length === 0) {
    throw new UsageError([
      'wanted something to serve: --local name=<handler>, --template <file>, --recorded name=<file.json> or --logs name=<file>',
    ]);
  }
  const idle = [
    ...(local.length + template.length === 0 ? idleHandlerOptions(options) : []),
    ...(template.length === 0 ? idleTemplateOptions(options) : []),
  ];
  if (idle.length > 0) throw new UsageError(idle);
}

/** Functions that were made so far, and the problems of those that could not be. */
class FunctionsInMaking {
  readonly functions: EmbeddedFunctionFacts[] = [];
  readonly problems: string[] = [];

  /** Makes one; a wrong option is put aside with the others. */
  async make(
    text: string,
    open: (source: string) => Promise<EmbeddedFunctionFacts>,
  ): Promise<void> {
    const { name, source } = splitName(text);
    try {
      const facts = await open(source);
      this.functions.push(name === null ? facts : { ...facts, name });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.problems.push(...error.problems);
    }
  }
}

async function makeLocal(
  making: FunctionsInMaking,
  options: ServeOptions,
  terminal: Pick<Terminal, 'stderr'>,
): Promise<void> {
  for (const text of options.local ?? []) {
    const { localFunction } = await import('../../api/tune/open-local.ts');
    const listener = listenTo(splitName(text).name, options, terminal);
    await making.make(text, (handler) => localFunction(handler, options, listener));
  }
}

async function makeFromTemplates(
  making: FunctionsInMaking,
  options: ServeOptions,
  terminal: Pick<Terminal, 'stderr'>,
): Promise<void> {
  if ((options.template ?? []).length === 0) return;
  const { readServedSources } = await import('./read-served-sources.ts');
  const { localFunction } = await import('../../api/tune/open-local.ts');
  for (const source of readServedSources(options, terminal)) {
    const listener = listenTo(source.name, options, terminal);
    await making.make(source.name, () => localFunction(source.handler, options, listener, source));
  }
}

/** With `--verbose`, what a handler prints is shown behind its name. */
function listenTo(
  name: string | null,
  { verbose }: ServeOptions,
  terminal: Pick<Terminal, 'stderr'>,
): { readonly onOutput?: (output: HandlerOutput) => void } {
  return verbose === true ? { onOutput: printer(name, terminal) } : {};
}

/** Prints what a handler printed, behind its name. */
function printer(
  name: string | null,
  { stderr }: Pick<Terminal, 'stderr'>,
): (output: HandlerOutput) => void {
  return ({ memoryMb, text }) => {
    const lines = applicationLines(text).map(
      (line) => `${name ?? `${memoryMb} MB`} | ${printableText(line)}\n`,
    );
    stderr.write(lines.join(''));
  };
}

/** Splits `name=source`; a source alone keeps the name that it has itself. */
function splitName(text: string): { readonly name: string | null; readonly source: string } {
  const match = /^([a-zA-Z0-9-_]{1,64})=(.+)$/s.exec(text);
  return match === null
    ? { name: null, source: text }
    : { name: match[1] ?? null, source: match[2] ?? '' };
}

function problemsOfNames(functions: readonly EmbeddedFunctionFacts[]): readonly string[] {
  const names = functions.map(({ name }) => name);
  return names
    .filter((name, index) => names.indexOf(name) < index)
    .map((name) => `wanted every name once, ${JSON.stringify(name)} is there twice`);
}
