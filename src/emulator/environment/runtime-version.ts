import { createHash } from 'node:crypto';
import type { HandlerLocation } from './handler-location.ts';

/** What INIT_START says about the runtime. */
export interface RuntimeVersion {
  /** Such as `nodejs:20.v20`. */
  readonly name: string;
  readonly arn: string;
}

/**
 * Lambda's runtimes have version numbers of AWS's own; here the number is the language's minor one, and the
 * ARN names the version that really runs by its hash. Nothing measures either.
 */
export function runtimeVersion(location: HandlerLocation, region: string): RuntimeVersion {
  const { name, runs } = namesOf(location);
  const hash = createHash('sha256').update(`${name} ${runs}`).digest('hex');
  return { name, arn: `arn:aws:lambda:${region}::runtime:${hash}` };
}

function namesOf(location: HandlerLocation): { readonly name: string; readonly runs: string } {
  switch (location.kind) {
    case 'node': {
      const [major = '0', minor = '0'] = process.versions.node.split('.');
      return { name: `nodejs:${major}.v${minor}`, runs: process.version };
    }
    case 'python': {
      const { minor, version } = location.interpreter;
      return { name: `python:3.${minor}.v${version.split('.')[2] ?? '0'}`, runs: version };
    }
    case 'bootstrap':
      return { name: 'provided:al2023.v0', runs: process.version };
  }
}
