import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { json, type Route } from './front.ts';

/** JSONata for moto, which has no engine: `POST /-/jsonata` evaluates the expression in the body. */
export const jsonataRoute: Route = async ({ path, body }) => {
  if (path !== '/-/jsonata') return null;
  try {
    const expression = jsonata(body.toString('utf8'));
    register(expression);
    const value: unknown = await expression.evaluate({});
    return json(200, { value: typeof value === 'function' ? null : value });
  } catch (error) {
    const { code = '', message } = error as Error & { readonly code?: string };
    return json(200, { problem: `${code} ${message}`.trim() });
  }
};

/** "JSONata functions provided by Step Functions" (Developer Guide, 2026-11), as far as they are code. */
function register(expression: jsonata.Expression): void {
  expression.registerFunction('parse', (text: string) => JSON.parse(text) as unknown, '<s-:x>');
  const hash = (text: string, name = 'SHA-256'): string =>
    createHash(name.toLowerCase().replace('-', '')).update(text).digest('hex');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('hash', hash, '<s-s?:s>');
}
