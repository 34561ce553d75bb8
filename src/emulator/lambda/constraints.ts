import { validation } from './lambda-exception.ts';

/** Bounds of the API model that a request breaks, gathered so that one answer names them all. */
export class Constraints {
  readonly #problems: string[] = [];

  /** `name` is the API's: `memorySize`, `ephemeralStorage.size`. Absent values break nothing. */
  range(name: string, value: number | null, min: number, max: number): this {
    if (value === null) return this;
    if (value < min) this.#add(name, String(value), `value greater than or equal to ${min}`);
    if (value > max) this.#add(name, String(value), `value less than or equal to ${max}`);
    return this;
  }

  length(name: string, value: string | null, max: number): this {
    if (value !== null && value.length > max) {
      this.#add(name, value, `length less than or equal to ${max}`);
    }
    return this;
  }

  oneOf(name: string, value: string | null, known: readonly string[]): this {
    if (value === null || known.includes(value)) return this;
    return this.problem(
      `Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(', ')}]`,
    );
  }

  /** A problem in words of its own. */
  problem(text: string): this {
    this.#problems.push(text);
    return this;
  }

  /** @throws {LambdaException} naming every broken bound, as `N validation errors detected` */
  check(): void {
    const count = this.#problems.length;
    if (count === 0) return;
    throw validation(
      `${count} validation error${count === 1 ? '' : 's'} detected: ${this.#problems.join('; ')}`,
    );
  }

  #add(name: string, value: string, wanted: string): void {
    this.problem(
      `Value '${value}' at '${name}' failed to satisfy constraint: Member must have ${wanted}`,
    );
  }
}
