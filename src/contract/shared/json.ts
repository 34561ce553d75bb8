/** Any JSON value: a payload, a workflow's input, a state's output. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Tells a list; `Array.isArray` alone makes `any` of what a readonly one holds. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
