import { identityCalls } from '../../aws/identity-calls.ts';
import { parseFunctionRef } from '../../core/target/function-ref.ts';
import { connectAws, MissingConnection, type AwsConnection } from '../../api/shared/connect-aws.ts';
import { commandVersion } from '../shared/command-version.ts';
import { openCalls } from '../../api/shared/cloud/open-calls.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { UsageError } from '../../api/shared/usage-error.ts';
import { openAws } from '../../api/shared/open-aws.ts';
import { wantsUnicode, type Terminal } from '../shared/terminal.ts';
import type { DoctorOptions } from './doctor-options.ts';
import { doctorText } from './doctor-text.ts';
import { ABOUT, finding, type Finding } from './finding.ts';
import { lookAtDeployed, lookAtIdentity } from './look-at-account.ts';
import { lookAtFunction } from './look-at-function.ts';
import { lookAtMachine } from './look-at-machine.ts';
import { lookAtPermissions } from './look-at-permissions.ts';
import { lookAtRuns } from './look-at-runs.ts';
import { readPermissions } from './read-permissions.ts';
import { readRunPermissions } from './read-run-permissions.ts';

/** `powerdial doctor`: reads, and changes nothing. */
export async function runDoctor(
  name: string | undefined,
  options: DoctorOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const ref = name === undefined ? null : parseFunctionRef(name);
  if (name !== undefined && ref === null) {
    throw new UsageError([`wanted a function's name or ARN, it is ${JSON.stringify(name)}`]);
  }
  const findings = [
    ...(await lookAtMachine(terminal.env)),
    ...(await lookAtAws(ref, options, terminal)),
  ].toSorted((a, b) => ABOUT.indexOf(a.about) - ABOUT.indexOf(b.about));
  terminal.stdout.write(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, function: name ?? null, findings }, null, 2)}\n`
      : doctorText(findings, wantsUnicode(terminal.env)),
  );
  return findings.some(({ state }) => state === 'missing') ? EXIT.usage : EXIT.done;
}

async function lookAtAws(
  ref: ReturnType<typeof parseFunctionRef>,
  options: DoctorOptions,
  terminal: Terminal,
): Promise<readonly Finding[]> {
  let connection: AwsConnection;
  try {
    connection = await connectAws(options, terminal.env, ref?.region ?? null);
  } catch (error) {
    if (!(error instanceof MissingConnection)) throw error;
    return error.missing.map(({ what, said, todo }) => finding(what, 'missing', said, todo));
  }
  const { region } = connection;
  const never = new AbortController().signal;
  const target = openAws(ref?.functionName ?? '', connection, never);
  const workflows = openCalls(connection, terminal.env);
  try {
    const identity = identityCalls(connection, terminal.env);
    const who = await lookAtIdentity(identity, terminal.env);
    const deployed = await lookAtDeployed(workflows, commandVersion());
    const seen =
      ref === null ? null : await lookAtFunction(target.world, ref.functionName, Date.now());
    const around = {
      identity: who.identity,
      region,
      functionArn: seen?.found?.functionArn ?? null,
      logGroup: seen?.found?.logGroup ?? null,
    };
    const known = await readPermissions(around, { identity, lambda: target.world, workflows });
    const runs = await readRunPermissions(who.identity, deployed.workflows, {
      identity,
      workflows,
    });
    return [
      finding('region', 'ok', region),
      finding('credentials', 'ok', credentialsText(options, terminal.env)),
      ...who.findings,
      ...deployed.findings,
      ...(seen?.findings ?? []),
      ...lookAtPermissions(known, ref?.functionName ?? null),
      ...lookAtRuns(deployed.workflows, runs),
    ];
  } finally {
    workflows.close();
    await target.close();
  }
}

function credentialsText({ profile }: DoctorOptions, env: NodeJS.ProcessEnv): string {
  const named = profile ?? env['AWS_PROFILE'];
  if (named !== undefined && named !== '') return `those of profile ${named}`;
  return (env['AWS_ACCESS_KEY_ID'] ?? '') === ''
    ? 'those that the SDK found by itself'
    : 'those of AWS_ACCESS_KEY_ID';
}
