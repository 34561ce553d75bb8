/** When AWS ends one of Lambda's runtimes, step by step. Days in UTC, ISO 8601. */
export interface RuntimeDates {
  readonly runtime: string;
  /** No more security patches. */
  readonly deprecated: string;
  /** From then on functions with it cannot be created. */
  readonly createBlocked: string;
  /** From then on neither code nor configuration can be updated, but for moving to another runtime. */
  readonly updateBlocked: string;
}

/**
 * Lambda's managed runtimes: identifier, deprecation, block of creation, block of updates (Lambda Developer
 * Guide, "Lambda runtimes", https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, 2026-11; also
 * https://github.com/aws-cloudformation/cfn-lint/issues/4531 for nodejs20.x). AWS has moved these dates more
 * than once, and copies of the page disagree by months: where they do, the earlier date stands here. A refusal
 * that comes too early costs one experiment; one that comes too late leaves a function that nobody can put
 * back. What is not in here passes: it is newer, or the user's own. Container images have no runtime.
 */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['nodejs24.x', '2028-04-30', '2028-06-01', '2028-07-01'],
  ['nodejs22.x', '2027-04-30', '2027-06-01', '2027-07-01'],
  ['nodejs20.x', '2026-04-30', '2027-02-01', '2027-03-03'],
  ['nodejs18.x', '2025-09-01', '2027-02-01', '2027-03-03'],
  ['nodejs16.x', '2024-06-12', '2027-02-01', '2027-03-03'],
  ['nodejs14.x', '2023-12-04', '2024-01-09', '2027-03-03'],
  ['nodejs12.x', '2023-03-31', '2023-03-31', '2023-04-30'],
  ['nodejs10.x', '2021-07-30', '2021-07-30', '2022-02-14'],
  ['nodejs8.10', '2020-03-06', '2020-02-04', '2020-03-06'],
  ['nodejs6.10', '2019-08-12', '2019-07-12', '2019-08-12'],
  ['nodejs4.3', '2020-03-05', '2020-02-03', '2020-03-05'],
  ['nodejs4.3-edge', '2020-03-05', '2019-03-31', '2019-04-30'],
  ['nodejs', '2016-08-30', '2016-09-30', '2016-10-31'],
  ['python3.14', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['python3.13', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['python3.12', '2028-10-31', '2028-11-30', '2029-01-10'],
  ['python3.11', '2027-06-30', '2027-07-29', '2027-08-31'],
  ['python3.10', '2026-10-31', '2027-02-01', '2027-03-03'],
  ['python3.9', '2025-12-15', '2027-02-01', '2027-03-03'],
  ['python3.8', '2024-10-14', '2027-02-01', '2027-03-03'],
  ['python3.7', '2023-12-04', '2024-01-09', '2027-03-03'],
  ['python3.6', '2022-07-18', '2022-07-18', '2022-08-29'],
  ['python2.7', '2021-07-15', '2021-07-15', '2022-05-30'],
  ['java25', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['java21', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['java17', '2027-06-30', '2027-07-29', '2027-08-31'],
  ['java11', '2027-06-30', '2027-07-29', '2027-08-31'],
  ['java8.al2', '2027-06-30', '2027-07-29', '2027-08-31'],
  ['java8', '2024-01-08', '2024-02-08', '2027-03-03'],
  ['dotnet10', '2028-11-14', '2028-12-14', '2029-01-15'],
  ['dotnet8', '2026-11-10', '2027-02-01', '2027-03-03'],
  ['dotnet6', '2024-12-20', '2027-02-01', '2027-03-03'],
  ['dotnetcore3.1', '2023-04-03', '2023-04-03', '2023-05-03'],
  ['dotnetcore2.1', '2022-01-05', '2022-01-05', '2022-04-13'],
  ['dotnetcore2.0', '2019-05-30', '2019-04-30', '2019-05-30'],
  ['dotnetcore1.0', '2019-06-27', '2019-06-30', '2019-07-30'],
  ['ruby4.0', '2029-03-31', '2029-04-30', '2029-05-31'],
  ['ruby3.4', '2028-03-31', '2028-04-30', '2028-05-31'],
  ['ruby3.3', '2027-03-31', '2027-07-29', '2027-08-31'],
  ['ruby3.2', '2026-03-31', '2027-02-01', '2027-03-03'],
  ['ruby2.7', '2023-12-07', '2024-01-09', '2027-03-03'],
  ['ruby2.5', '2021-07-30', '2021-07-30', '2022-03-31'],
  ['provided.al2023', '2029-06-30', '2029-07-31', '2029-08-31'],
  ['provided.al2', '2026-07-31', '2027-02-01', '2027-03-03'],
  ['provided', '2024-01-08', '2024-02-08', '2027-03-03'],
  ['go1.x', '2024-01-08', '2024-02-08', '2027-03-03'],
];

const DATES: ReadonlyMap<string, RuntimeDates> = new Map(
  ROWS.map(([runtime, deprecated, createBlocked, updateBlocked]) => [
    runtime,
    { runtime, deprecated, createBlocked, updateBlocked },
  ]),
);

/** `null` where the table does not know the runtime. */
export function runtimeDates(runtime: string | null): RuntimeDates | null {
  return runtime === null ? null : (DATES.get(runtime) ?? null);
}
