import { invalidContent, invalidParameter, LambdaException } from './lambda-exception.ts';
import { messageOf } from '../../contract/shared/thrown.ts';

/**
 * The JSON object that a request carries, read member by member. A member of the wrong type is refused
 * as the API's front does it, with a SerializationException.
 */
export class RequestBody {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #path: string;

  private constructor(members: Readonly<Record<string, unknown>>, path: string) {
    this.#members = members;
    this.#path = path;
  }

  /** @throws {LambdaException} when the bytes are no JSON object; no bytes are an empty one */
  static parse(bytes: Buffer): RequestBody {
    if (bytes.length === 0) return new RequestBody({}, '');
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      throw invalidContent(`Could not parse request body into json: ${messageOf(error)}`);
    }
    if (!isObject(value)) throw serialization('body', 'object', value);
    return new RequestBody(value, '');
  }

  string(name: string): string | null {
    return this.#read(name, 'string', isString);
  }

  integer(name: string): number | null {
    return this.#read(name, 'integer', isInteger);
  }

  boolean(name: string): boolean | null {
    return this.#read(name, 'boolean', isBoolean);
  }

  object(name: string): RequestBody | null {
    const value = this.#read(name, 'object', isObject);
    return value === null ? null : new RequestBody(value, `${this.#path}${name}.`);
  }

  strings(name: string): Readonly<Record<string, string>> | null {
    return this.#read(name, 'map of strings', isMapOf(isString));
  }

  numbers(name: string): Readonly<Record<string, number>> | null {
    return this.#read(name, 'map of numbers', isMapOf(isNumber));
  }

  /** @throws {LambdaException} when a member is there that the endpoint would have to ignore */
  refuseOthers(known: readonly string[], operation: string): void {
    const others = Object.keys(this.#members).filter(
      (name) => !known.includes(name) && this.#members[name] !== null,
    );
    if (others.length === 0) return;
    throw invalidParameter(
      `The embedded Lambda endpoint does not implement ${others.map((name) => this.#path + name).join(', ')} in ${operation}; it knows ${known.join(', ')}.`,
    );
  }

  #read<T>(name: string, wanted: string, accepts: (value: unknown) => value is T): T | null {
    const value = this.#members[name];
    if (value === undefined || value === null) return null;
    if (!accepts(value)) throw serialization(this.#path + name, wanted, value);
    return value;
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function isMapOf<T>(
  accepts: (value: unknown) => value is T,
): (value: unknown) => value is Readonly<Record<string, T>> {
  return (value): value is Readonly<Record<string, T>> =>
    isObject(value) && Object.values(value).every((each) => accepts(each));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function serialization(name: string, wanted: string, is: unknown): LambdaException {
  const message = `Read ${name}: wanted ${wanted}, it is ${JSON.stringify(is)}`;
  return new LambdaException(400, 'SerializationException', message, {
    body: { Type: 'User', Message: message },
  });
}
