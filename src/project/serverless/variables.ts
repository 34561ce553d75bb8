import path from 'node:path';
import { parseTemplate } from '../document/parse-document.ts';
import type { ProjectTerms } from '../project-function.ts';
import type { ProjectFiles } from '../project-files.ts';
import { isList, isRecord, member, Unknown, wordOf, type Raw } from '../values/value.ts';

/** An innermost variable: `${self:custom.x}`, `${file(a.yml):b, 'c'}`. `${AWS::Region}` is CloudFormation's. */
const VARIABLE = /\$\{(?!AWS::)((?:[a-zA-Z]+(?:\([^)]*\))?:|[a-zA-Z]+\([^)]*\))[^${}]*)\}/;
const MOST_STEPS = 200;
const MOST_DEPTH = 40;

/** Fills in the variables of a serverless.yml, as far as its own files tell them ("Variables", Serverless Framework, 2026-11). */
export class ServerlessVariables {
  readonly #service: { readonly [key: string]: Raw };
  readonly #folder: string;
  readonly #files: ProjectFiles;
  readonly #terms: ProjectTerms;
  readonly #read = new Map<string, Raw>();

  constructor(
    service: { readonly [key: string]: Raw },
    folder: string,
    files: ProjectFiles,
    terms: ProjectTerms,
  ) {
    this.#service = service;
    this.#folder = folder;
    this.#files = files;
    this.#terms = terms;
  }

  /** Returns a part of the file with its variables filled in; what cannot be known is `Unknown`. */
  fill(raw: Raw | undefined, depth = 0): Raw | undefined {
    if (depth > MOST_DEPTH) return new Unknown('a variable refers to itself');
    if (typeof raw === 'string') return this.#fillText(raw, depth);
    if (isList(raw)) {
      return raw.map((each) => this.fill(each, depth + 1) ?? null);
    }
    if (raw === undefined || !isRecord(raw)) return raw;
    return Object.fromEntries(
      Object.entries(raw).map(([key, each]) => [key, this.fill(each, depth + 1) ?? null]),
    );
  }

  get stage(): string {
    const own = this.fill(member(this.#service, 'provider', 'stage'), MOST_DEPTH / 2);
    return this.#terms.parameters['stage'] ?? (typeof own === 'string' ? own : 'dev');
  }

  #fillText(text: string, depth: number): Raw {
    let rest = text;
    for (let step = 0; step < MOST_STEPS; step++) {
      const match = VARIABLE.exec(rest);
      if (match === null) return rest;
      const [whole, expression = ''] = match;
      const value = this.#valueOf(expression, depth);
      if (value instanceof Unknown || whole === rest) return value;
      if (isRecord(value) || Array.isArray(value)) {
        return new Unknown(`\${${expression}} is no text`);
      }
      rest = rest.slice(0, match.index) + wordOf(value) + rest.slice(match.index + whole.length);
    }
    return new Unknown('its variables never come to an end');
  }

  /** The first alternative that there is: `opt:stage, self:provider.stage, 'dev'`. */
  #valueOf(expression: string, depth: number): Raw {
    let missing: Unknown | null = null;
    for (const alternative of expression.split(/,(?![^(]*\))/)) {
      const value = this.#alternative(alternative.trim(), depth);
      if (value instanceof Missing) missing ??= new Unknown(value.why);
      else return value;
    }
    return missing ?? new Unknown(`\${${expression}} says nothing`);
  }

  #alternative(text: string, depth: number): Raw | Missing {
    const literal = /^'(.*)'$|^"(.*)"$/s.exec(text);
    if (literal !== null) return literal[1] ?? literal[2] ?? '';
    if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    const match = /^([a-zA-Z]+)(?:\(([^)]*)\))?(?::(.*))?$/s.exec(text);
    const [, source = '', argument = '', address = ''] = match ?? [];
    switch (source) {
      case 'self':
        return this.#own(address, depth);
      case 'opt':
        return this.#option(address);
      case 'param':
        return this.#parameter(address, depth);
      case 'sls':
        return address === 'stage'
          ? this.stage
          : new Unknown(`\${sls:${address}} is known to a deployment only`);
      case 'aws':
        return address === 'region'
          ? this.#terms.region
          : address === 'accountId'
            ? '123456789012'
            : odd(text);
      case 'file':
        return this.#file(argument.trim(), address, depth);
      case 'env':
        return new Missing(`it is the variable ${address} of whoever deploys`);
      default:
        return new Unknown(`\${${text}} is known only when it is deployed`);
    }
  }

  #own(address: string, depth: number): Raw | Missing {
    const found = this.#at(this.#service, address, depth);
    return found ?? new Missing(`\${self:${address}} is not in the file`);
  }

  #option(name: string): Raw | Missing {
    if (name === 'region') return this.#terms.region;
    const given = this.#terms.parameters[name];
    return given ?? new Missing(`\${opt:${name}} is not given; --parameter ${name}=… says it`);
  }

  #parameter(name: string, depth: number): Raw | Missing {
    const { stage } = this;
    const found =
      this.#terms.parameters[name] ??
      member(this.#service, 'params', stage, name) ??
      member(this.#service, 'stages', stage, 'params', name) ??
      member(this.#service, 'params', 'default', name) ??
      member(this.#service, 'stages', 'default', 'params', name);
    const filled = found === undefined ? undefined : this.fill(found, depth + 1);
    return filled ?? new Missing(`\${param:${name}} is not given; --parameter ${name}=… says it`);
  }

  #file(name: string, address: string, depth: number): Raw | Missing {
    if (!/\.(ya?ml|json)$/.test(name)) {
      return new Unknown(`\${file(${name})} is code or text that is not run or read here`);
    }
    const file = path.resolve(this.#folder, name);
    let raw = this.#read.get(file);
    if (raw === undefined) {
      const text = this.#files.read(file);
      if (text === null) return new Missing(`the file ${name} is not there`);
      const read = parseTemplate(file, text);
      raw = read.kind === 'parsed' ? read.template.raw : new Unknown(read.message);
      this.#read.set(file, raw);
    }
    if (raw instanceof Unknown) return raw;
    const found = address === '' ? this.fill(raw, depth + 1) : this.#at(raw, address, depth);
    return found ?? new Missing(`${address} is not in ${name}`);
  }

  /** Follows an address; a variable on the way is filled in before the next step. */
  #at(from: Raw, address: string, depth: number): Raw | undefined {
    let at: Raw | undefined = from;
    for (const key of address.split('.').filter((each) => each !== '')) {
      if (typeof at === 'string') at = this.fill(at, depth + 1);
      if (at instanceof Unknown) return at;
      at = isList(at) ? at[Number(key)] : member(at, key);
    }
    return this.fill(at, depth + 1);
  }
}

/** What is not there, so that the next alternative counts. */
class Missing {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

function odd(text: string): Unknown {
  return new Unknown(`\${${text}} is not known here`);
}
