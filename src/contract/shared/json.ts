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
