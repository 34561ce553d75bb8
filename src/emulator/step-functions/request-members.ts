import { constraint, serialization } from './sfn-exception.ts';

/**
 * The members of a request, read one by one with the constraints of the API model. Members that an
 * operation does not ask for are ignored, as AWS ignores them.
 */
export class RequestMembers {
  readonly #members: Readonly<Record<string, unknown>>;

  private constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members;
  }

  /** @throws {SfnException} when the bytes are no JSON object; no bytes are an empty one */
  static parse(body: Buffer): RequestMembers {
    if (body.length === 0) return new RequestMembers({});
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      throw serialization('Could not read the request body: it is no JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw serialization('Could not read the request body: it is no JSON object');
    }
    return new RequestMembers(value as Readonly<Record<string, unknown>>);
  }

  /** Whether a member was sent at all. */
  has(name: string): boolean {
    return this.#value(name) !== null;
  }

  /** A member that is a text, whatever the constraints say; `null` otherwise. */
  text(name: string): string | null {
    const value = this.#value(name);
    return typeof value === 'string' ? value : null;
  }

  /** @param most the longest value that the API model allows */
  string(name: string, most = Infinity, least = 0): string | null {
    const value = this.#value(name);
    if (value === null) return null;
    if (typeof value !== 'string') throw wrongType('STRING_VALUE', value);
    if (value.length > most) {
      throw constraint(name, value, `Member must have length less than or equal to ${most}`);
    }
    if (value.length < least) {
      throw constraint(name, value, `Member must have length greater than or equal to ${least}`);
    }
    return value;
  }

  requiredString(name: string, most: number, least = 1): string {
    const value = this.string(name, most, least);
    if (value === null) throw constraint(name, 'null', 'Member must not be null');
    return value;
  }

  integer(name: string, least: number, most: number): number | null {
    const value = this.#value(name);
    if (value === null) return null;
    if (!Number.isInteger(value)) throw wrongType('NUMBER_VALUE', value);
    const number = value as number;
    if (number > most) {
      throw constraint(
        name,
        String(number),
        `Member must have value less than or equal to ${most}`,
      );
    }
    if (number < least) {
      throw constraint(
        name,
        String(number),
        `Member must have value greater than or equal to ${least}`,
      );
    }
    return number;
  }

  boolean(name: string): boolean | null {
    const value = this.#value(name);
    if (value === null) return null;
    if (typeof value !== 'boolean') throw wrongType('BOOLEAN_VALUE', value);
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | null {
    const value = this.string(name);
    if (value === null) return null;
    const found = allowed.find((each) => each === value);
    if (found === undefined) {
      throw constraint(name, value, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
    }
    return found;
  }

  #value(name: string): unknown {
    return (Object.hasOwn(this.#members, name) ? this.#members[name] : null) ?? null;
  }
}

function wrongType(wanted: string, value: unknown) {
  return serialization(`${JSON.stringify(value)} can not be converted to ${wanted}`);
}
