import type { TemplateOptions } from '../../api/shared/project/template-options.ts';

/** The options of `powerdial propose`, as the command line gives them. */
export interface ProposeOptions extends TemplateOptions {
  readonly template?: string;
  /** `true`: the file of its usual name. */
  readonly sizes?: string | true;
  readonly write?: boolean;
  readonly emulated?: boolean;
  /** `keep`, `inconclusive`, with a comma between. */
  readonly include?: string;
  readonly out?: readonly string[];
  readonly json?: boolean;
}
