import type { Json } from '../../contract/shared/json.ts';
import type { Assignments } from './definition.ts';
import type { ScopeAccess } from './expression-scope.ts';
import type { ParseContext } from './parse-context.ts';
import { parseTemplate } from './parse-template.ts';
import type { Place } from './place.ts';
import type { Template } from './template.ts';

export type JsonObject = Readonly<Record<string, Json>>;

/** First a letter, then letters, digits and underscores, in any script (Unicode annex 31). */
const VARIABLE_NAME = /^\p{ID_Start}\p{ID_Continue}{0,79}$/u;

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads the fields of one object of a definition. What is wrong is reported, and answered with `undefined`
 * or with something harmless: nothing that was read is used once there is a problem.
 */
export class ObjectReader {
  constructor(
    readonly object: JsonObject,
    readonly place: Place,
    readonly context: ParseContext,
  ) {}

  report(name: string, message: string): void {
    this.context.report(this.place.key(name), message);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.object, name);
  }

  get(name: string): Json | undefined {
    return this.has(name) ? this.object[name] : undefined;
  }

  /** Refuses every field that is not named. `what` is what the object is, such as `a Wait state`. */
  allow(what: string, names: readonly string[]): void {
    for (const name of Object.keys(this.object)) {
      if (names.includes(name)) continue;
      this.report(
        name,
        `This player implements no such field for ${what}, only ${names.join(', ')}.`,
      );
    }
  }

  string(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined || typeof value === 'string') return value;
    this.report(name, `Must be a string, not ${JSON.stringify(value)}.`);
    return undefined;
  }

  requiredString(name: string): string {
    if (!this.has(name)) this.report(name, 'Is missing.');
    return this.string(name) ?? '';
  }

  /** A number within bounds, an integer unless said otherwise. */
  number(
    name: string,
    bounds: { readonly min: number; readonly max: number; readonly fraction?: boolean },
  ): number | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    const { min, max, fraction = false } = bounds;
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (fits && (fraction || Number.isInteger(value))) return value;
    const wanted = `${fraction ? 'a number' : 'an integer'} from ${min}`;
    this.report(name, `Must be ${wanted} to ${max}, not ${JSON.stringify(value)}.`);
    return undefined;
  }

  /** The name of another state, which must exist. */
  target(name: string): string {
    const target = this.requiredString(name);
    if (typeof this.get(name) === 'string' && !this.context.stateNames.has(target)) {
      this.report(name, `There is no state '${target}'.`);
    }
    return target;
  }

  template(name: string, access: ScopeAccess): Template | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    return parseTemplate(value, this.place.key(name), access, this.context);
  }

  assignments(access: ScopeAccess): Assignments {
    const value = this.get('Assign');
    if (value === undefined) return [];
    const place = this.place.key('Assign');
    if (!isObject(value)) {
      this.context.report(place, 'Must be an object of variable names and their values.');
      return [];
    }
    return Object.entries(value).map(([name, part]) => {
      const at = place.key(name);
      if (name === 'states') this.context.report(at, "'states' is reserved.");
      else if (!VARIABLE_NAME.test(name)) {
        this.context.report(
          at,
          'Is no variable name: a letter, then letters, digits or _, at most 80.',
        );
      }
      return [name, parseTemplate(part, at, access, this.context)] as const;
    });
  }

  /** A reader for each object in a list; without the field none. */
  list(name: string, atLeast: 0 | 1 = 0): readonly ObjectReader[] {
    const value = this.get(name);
    if (value === undefined && atLeast === 0) return [];
    const place = this.place.key(name);
    if (!Array.isArray(value) || value.length < atLeast) {
      this.context.report(
        place,
        `Must be a list of ${atLeast === 0 ? '' : 'one or more '}objects.`,
      );
      return [];
    }
    return (value as readonly Json[]).flatMap((item, index) => {
      const at = place.index(index);
      if (isObject(item)) return [new ObjectReader(item, at, this.context)];
      this.context.report(at, 'Must be an object.');
      return [];
    });
  }
}
