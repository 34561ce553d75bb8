import type { Result } from '../../contract/tune/result.ts';
import { plainText } from '../plain-text.ts';

/** Returns the function's own name, out of an ARN where that is what was given. */
export function targetName({ target }: Result): string {
  const name = plainText(target.function);
  return /^arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(name)?.[1] ?? name;
}

/** Architecture, region and runtime, as far as they are known. */
export function targetFacts({ target }: Result): readonly string[] {
  const { architecture, region, runtime } = target;
  return [architecture, region, runtime ?? ''].map(plainText).filter((fact) => fact !== '');
}
