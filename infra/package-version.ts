import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Returns the version of this package: the value of the tag on everything deployed. */
export function packageVersion(): string {
  const path = createRequire(import.meta.url).resolve('#package.json');
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
  return version;
}
