/** The options of commands that take functions out of a project's template, as the command line gives them. */
export interface TemplateOptions {
  readonly resource?: string;
  /** `KEY=VALUE` each. */
  readonly parameter?: readonly string[];
  readonly region?: string;
}

/** Tells which of these options would do nothing without a template. */
export function idleTemplateOptions({
  resource,
  parameter,
}: {
  readonly resource?: string | readonly string[];
  readonly parameter?: readonly string[];
}): readonly string[] {
  return Object.entries({ '--resource': resource, '--parameter': parameter })
    .filter(([, value]) => value !== undefined)
    .map(([option]) => `${option}: wanted --template beside it, which it is about`);
}
