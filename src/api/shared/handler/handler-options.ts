/** The options of commands that run handlers of this machine, as the command line gives them. */
export interface HandlerOptions {
  /** `KEY=VALUE` each. */
  readonly env?: readonly string[];
  readonly envFile?: readonly string[];
  readonly root?: string;
  /** An interpreter, a name on PATH, or a virtual environment. */
  readonly python?: string;
  readonly awsCredentials?: boolean;
  readonly region?: string;
  readonly profile?: string;
}

/** Tells what is wrong with options for a handler of this machine where there is none. */
export function idleHandlerOptions(options: HandlerOptions): readonly string[] {
  const given = {
    '--env': options.env,
    '--env-file': options.envFile,
    '--root': options.root,
    '--python': options.python,
    '--aws-credentials': options.awsCredentials,
  };
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(
      ([option]) =>
        `${option}: it is for handlers on this machine (--local, --template), and none is named`,
    );
}
