import { createHash } from 'node:crypto';

/** What INIT_START says about the runtime. */
export interface RuntimeVersion {
  /** Such as `nodejs:20.v20`. */
  readonly name: string;
  readonly arn: string;
}

/**
 * Lambda's runtimes have version numbers of AWS's own; here the number is Node's minor version, and the
 * ARN names the version that really runs by its hash. Nothing measures either.
 */
export function runtimeVersion(kind: 'node' | 'bootstrap', region: string): RuntimeVersion {
  const [major = '0', minor = '0'] = process.versions.node.split('.');
  const name = kind === 'node' ? `nodejs:${major}.v${minor}` : 'provided:al2023.v0';
  const hash = createHash('sha256').update(`${name} ${process.version}`).digest('hex');
  return { name, arn: `arn:aws:lambda:${region}::runtime:${hash}` };
}
