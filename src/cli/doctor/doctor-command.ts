import type { Command } from 'commander';
import { exitWith } from '../shared/exit-with.ts';
import type { DoctorOptions } from './doctor-options.ts';

/** Mounts `powerdial doctor`; what it runs is loaded when it runs. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('what is there, what is missing, and what to do; changes nothing')
    .description(
      'Looks at this machine, at your credentials, at what is deployed and at what you may do, and with a function at that function: one line for each, which ends with what to do. It reads and changes nothing, and invokes nothing. It exits 2 where something is missing.',
    )
    .argument('[function]', 'name or ARN')
    .option('--json', 'print the findings as JSON, and nothing else, on standard output')
    .option('--region <region>', 'AWS region')
    .option('--profile <profile>', 'profile of the AWS configuration')
    .action(async (functionName: string | undefined, options: DoctorOptions) => {
      await exitWith(async (terminal) => {
        const { runDoctor } = await import('./run-doctor.ts');
        return runDoctor(functionName, options, terminal);
      });
    });
}
