/** The options of `powerdial doctor`, as the command line gives them. */
export interface DoctorOptions {
  readonly json?: boolean;
  readonly region?: string;
  readonly profile?: string;
}
