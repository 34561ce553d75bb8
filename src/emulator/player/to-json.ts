import type { Json } from '../../contract/shared/json.ts';
import { MOST_STATE_BYTES } from '../../contract/shared/state-size.ts';

export type JsonResult =
  | { readonly kind: 'json'; readonly value: Json }
  /** It is or holds what JSON cannot say: a function, a number that is not finite. */
  | { readonly kind: 'unsupported' }
  /** Certainly above what any field may hold. */
  | { readonly kind: 'too-large' };

/**
 * Returns a JSONata result as plain JSON: sequences lose their marks, nothing is shared with the evaluation.
 *
 * Stops early where the text would be far too long: values that share their parts can be small in memory
 * and endless in writing. Refuses numbers that are not finite, which AWS writes as the strings "Infinity"
 * and "NaN": a workflow that came to that is better stopped.
 */
export function toJson(result: unknown): JsonResult {
  try {
    return { kind: 'json', value: new Conversion().convert(result) };
  } catch (error) {
    if (error instanceof NoJson) return { kind: error.kind };
    if (error instanceof RangeError) return { kind: 'too-large' }; // nested too deeply
    throw error;
  }
}

class NoJson extends Error {
  constructor(readonly kind: 'unsupported' | 'too-large') {
    super(kind);
  }
}

class Conversion {
  /** Counts no more than the text will have; the exact size is somebody else's to judge. */
  #budgetBytes = 4 * MOST_STATE_BYTES;

  convert(value: unknown): Json {
    this.#spend(typeof value === 'string' ? value.length : 1);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => this.convert(item));
    if (typeof value === 'object') return this.#convertObject(value);
    throw new NoJson('unsupported');
  }

  #convertObject(object: object): Json {
    // Functions, built in and written in the expression, are objects with these marks.
    if ('_jsonata_function' in object || '_jsonata_lambda' in object) {
      throw new NoJson('unsupported');
    }
    const entries = Object.entries(object).map(([key, value]) => {
      this.#spend(key.length);
      return [key, this.convert(value)] as const;
    });
    return Object.fromEntries(entries);
  }

  #spend(bytes: number): void {
    this.#budgetBytes -= bytes;
    if (this.#budgetBytes < 0) throw new NoJson('too-large');
  }
}
