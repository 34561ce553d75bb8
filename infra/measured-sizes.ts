import { existsSync, readFileSync } from 'node:fs';
import { Annotations, Stack, Token, type IAspect } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import {
  parseMeasuredSizes,
  type MeasuredSize,
  type MeasuredSizesFile,
} from '../src/contract/shared/measured-sizes.ts';

const DAY_MS = 86_400_000;

/** Properties of `MeasuredSizes`. */
export interface MeasuredSizesProps {
  /**
   * The file that `powerdial propose --sizes --write` writes, from the working directory of the app.
   * @default 'powerdial.sizes.json'
   */
  readonly file?: string;
  /**
   * A measurement that is older draws a warning.
   * @default 180
   */
  readonly maxAgeDays?: number;
  /**
   * Whether timeouts are set, too.
   * @default true
   */
  readonly timeouts?: boolean;
}

/**
 * Gives the functions of an app the memory and the timeout that were measured for them. A function is known by
 * its name, its construct's id or path, its logical id, or the name that CloudFormation made of that. What is
 * stale by its age or by another runtime draws a warning and is set all the same; whether the code is still the
 * one that was measured is not known before it is deployed.
 *
 * @example
 * Aspects.of(app).add(new MeasuredSizes(), { priority: AspectPriority.MUTATING });
 */
export class MeasuredSizes implements IAspect {
  readonly #file: string;
  readonly #maxAgeDays: number;
  readonly #setsTimeouts: boolean;
  readonly #sizes: MeasuredSizesFile | null;

  /** @throws where the file is there and holds no sizes */
  constructor({
    file = 'powerdial.sizes.json',
    maxAgeDays = 180,
    timeouts = true,
  }: MeasuredSizesProps = {}) {
    this.#file = file;
    this.#maxAgeDays = maxAgeDays;
    this.#setsTimeouts = timeouts;
    this.#sizes = existsSync(file) ? readSizes(file) : null;
  }

  visit(node: IConstruct): void {
    if (this.#sizes === null) {
      if (node.node.scope === undefined)
        this.#warn(node, 'missing', `there is no ${this.#file}; functions keep their own sizes`);
      return;
    }
    if (!(node instanceof CfnFunction)) return;
    const names = namesOf(node);
    const [found, ...others] = Object.entries(this.#sizes).filter(([key]) => isNamed(key, names));
    if (found === undefined) return;
    const [key, size] = found;
    if (others.length > 0) {
      const keys = [key, ...others.map(([other]) => other)].join(', ');
      this.#warn(
        node,
        'several',
        `${this.#file} has several entries for it (${keys}); none is set`,
      );
      return;
    }
    node.memorySize = size.memoryMb;
    if (this.#setsTimeouts && size.timeoutSeconds !== null) node.timeout = size.timeoutSeconds;
    this.#tellStale(node, key, size);
  }

  #tellStale(
    node: CfnFunction,
    key: string,
    { measuredAt, runtime, emulated }: MeasuredSize,
  ): void {
    const ageDays =
      measuredAt === null ? null : Math.floor((Date.now() - Date.parse(measuredAt)) / DAY_MS);
    if (ageDays === null) {
      this.#warn(node, 'age', `${key} in ${this.#file} does not say when it was measured`);
    } else if (ageDays > this.#maxAgeDays) {
      this.#warn(
        node,
        'age',
        `${key} in ${this.#file} was measured ${ageDays} days ago (${measuredAt ?? ''}), wanted at most ${this.#maxAgeDays}; measure it again`,
      );
    }
    if (
      runtime !== null &&
      node.runtime !== undefined &&
      !Token.isUnresolved(node.runtime) &&
      node.runtime !== runtime
    ) {
      this.#warn(
        node,
        'runtime',
        `${key} in ${this.#file} was measured on ${runtime}, the function has ${node.runtime}; measure it again`,
      );
    }
    if (emulated === true) {
      this.#warn(
        node,
        'emulated',
        `${key} in ${this.#file} was measured on a machine and not on AWS`,
      );
    }
  }

  #warn(node: IConstruct, what: string, text: string): void {
    Annotations.of(node).addWarningV2(`powerdial:MeasuredSizes.${what}`, text);
  }
}

function readSizes(file: string): MeasuredSizesFile {
  const parsed = parseMeasuredSizes(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  if (parsed.kind === 'valid') return parsed.sizes;
  throw new Error(`MeasuredSizes: ${file}: ${parsed.problems.join('; ')}`);
}

interface Names {
  /** By which it may be named as it stands. */
  readonly plain: ReadonlySet<string>;
  readonly stack: string;
  readonly logicalId: string;
}

function namesOf(node: CfnFunction): Names {
  const stack = Stack.of(node);
  const logicalId = String(stack.resolve(node.logicalId));
  // The function that people write is around the resource that CDK makes of it.
  const own = node.node.id === 'Resource' ? (node.node.scope ?? node) : node;
  const named = [node.functionName, logicalId, own.node.id, own.node.path];
  return {
    plain: new Set(
      named.flatMap((name) => (name === undefined || Token.isUnresolved(name) ? [] : [name])),
    ),
    stack: stack.stackName,
    logicalId,
  };
}

/** CloudFormation makes `<stack>-<logical id>-<letters>`, and cuts a long id short. */
function isNamed(key: string, { plain, stack, logicalId }: Names): boolean {
  if (plain.has(key)) return true;
  const rest = key.startsWith(`${stack}-`) ? key.slice(stack.length + 1) : '';
  const [, id = ''] = /^([A-Za-z0-9]+)-[A-Za-z0-9]{8,}$/.exec(rest) ?? [];
  return id !== '' && (id === logicalId || (id.length >= 10 && logicalId.startsWith(id)));
}
