import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createContext, Script, type Context } from 'node:vm';
import type { ExprNode, Expression } from 'jsonata';

/** What bounds one evaluation. */
export interface EvaluationLimits {
  readonly timeMs: number;
  /** Evaluations begun and not ended: recursion without an end grows this until memory is gone. */
  readonly pending: number;
  /** One value, a character counted as one byte and an array element as eight, as Step Functions does. */
  readonly valueBytes: number;
}

/**
 * Step Functions stops an evaluation by depth (100), size and time; size and time are taken over here
 * (measured on AWS: floci-io/floci, docs/services/step-functions.md). Its depth cannot be counted in
 * jsonata-js 2.0.6, which evaluates array elements side by side; `pending` bounds the same runaways.
 */
export const EVALUATION_LIMITS: EvaluationLimits = {
  timeMs: 5_000,
  pending: 50_000,
  valueBytes: 6_990_256,
};

/** What expressions see of the world, so that a run can be repeated exactly. */
export interface SandboxWorld {
  now(): number;
  random(): number;
}

export interface JsonataFailure {
  /** JSONata's own, such as `T2001`; U1001 for a limit. */
  readonly code: string;
  readonly message: string;
}

export type EvaluationResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly failure: JsonataFailure };

interface Job {
  readonly sources: readonly string[];
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly results: EvaluationResult[];
}

/**
 * JSONata 2.0.6 in a V8 context of its own, so that an evaluation can be stopped whatever it is doing: the
 * context's promises run inside the call that V8's watchdog ends. JSONata's own hooks, which its
 * documentation proposes for a timeout, cannot stop a regular expression that backtracks for ever or one
 * built-in function that works on too much. This is a bound on time and memory, not on malice.
 */
export class JsonataSandbox {
  readonly #world: SandboxWorld;
  readonly #limits: EvaluationLimits;
  #context: SandboxContext;

  constructor(world: SandboxWorld, limits: EvaluationLimits = EVALUATION_LIMITS) {
    this.#world = world;
    this.#limits = limits;
    this.#context = this.#newContext();
  }

  /** @returns the syntax tree, or what the parser says about the expression. */
  parse(
    source: string,
  ):
    | { readonly kind: 'tree'; readonly tree: ExprNode }
    | { readonly kind: 'failure'; readonly failure: JsonataFailure } {
    try {
      return { kind: 'tree', tree: this.#context.compile(source).ast() };
    } catch (error) {
      return failure(error);
    }
  }

  /**
   * Evaluates expressions one after the other, under one time limit, with no context item: they see their
   * bindings only. Ends with the first failure.
   */
  evaluate(
    sources: readonly string[],
    bindings: Readonly<Record<string, unknown>>,
  ): readonly EvaluationResult[] {
    const job: Job = { sources, bindings, results: [] };
    this.#context.job = job;
    try {
      RUN.runInContext(this.#context, { timeout: this.#limits.timeMs });
    } catch (error) {
      if (!isTimeout(error)) throw error;
      // What was stopped half-way has left promises behind: they go with their context.
      this.#context = this.#newContext();
      const message = 'Expression evaluation timeout: Check for infinite loop';
      return [...job.results, failure({ code: 'U1001', message })];
    }
    return job.results;
  }

  #newContext(): SandboxContext {
    const context = createContext(
      { world: this.#world, limits: this.#limits, failure },
      { microtaskMode: 'afterEvaluate', codeGeneration: { strings: false, wasm: false } },
    );
    library().runInContext(context);
    return context as SandboxContext;
  }
}

interface SandboxContext extends Context {
  compile(source: string): Expression;
  job: Job;
}

const RUN = new Script('run(job)');

/**
 * Runs inside the context. Replaces what is not repeatable, and holds the limits that JSONata's hooks can
 * hold. Promises must be chained here: a callback from outside would run outside.
 */
const BOOTSTRAP = `{
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(world.now());
      else super(...parts);
    }
    static now() { return world.now(); }
  };
  Math.random = () => world.random();

  const refuse = (message) => { throw { code: 'U1001', message }; };
  let pending = 0;
  const enter = () => {
    pending += 1;
    if (pending > limits.pending) refuse('Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.');
  };
  const leave = (expression, input, environment, result) => {
    pending -= 1;
    const bytes = typeof result === 'string' ? result.length : Array.isArray(result) ? 8 * result.length : 0;
    if (bytes > limits.valueBytes) refuse('Expression evaluation memory limit exceeded');
  };

  const compiled = new Map();
  globalThis.compile = (source) => {
    let expression = compiled.get(source);
    if (expression === undefined) {
      expression = jsonata(source);
      expression.assign(Symbol.for('jsonata.__evaluate_entry'), enter);
      expression.assign(Symbol.for('jsonata.__evaluate_exit'), leave);
      compiled.set(source, expression);
    }
    return expression;
  };
  globalThis.run = async ({ sources, bindings, results }) => {
    try {
      for (const source of sources) {
        pending = 0;
        results.push({ kind: 'value', value: await compile(source).evaluate(undefined, bindings) });
      }
    } catch (error) {
      results.push(failure(error));
    }
  };
}`;

let compiledLibrary: Script | undefined;

function library(): Script {
  if (compiledLibrary === undefined) {
    const file = createRequire(import.meta.url).resolve('jsonata');
    const source = readFileSync(file, 'utf8');
    compiledLibrary = new Script(
      `globalThis.jsonata = (() => { const module = { exports: {} }; const exports = module.exports;
${source}
return module.exports; })();
${BOOTSTRAP}`,
      { filename: file },
    );
  }
  return compiledLibrary;
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

/** JSONata throws plain objects with a code and a message; JavaScript's own errors have no code. */
function failure(error: unknown): { readonly kind: 'failure'; readonly failure: JsonataFailure } {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
  };
  return {
    kind: 'failure',
    failure: {
      code: typeof code === 'string' ? code : 'D0000',
      message: typeof message === 'string' ? message : String(error),
    },
  };
}
