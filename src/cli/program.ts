#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { commandVersion } from './shared/command-version.ts';
import { EXIT } from './shared/exit-code.ts';
import { addCheckCommand } from './check/check-command.ts';
import { addCompareCommand } from './check/compare-command.ts';
import { addCompletionCommand } from './completion/completion-command.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addHelpCommand } from './help/help-command.ts';
import { addHistoryCommand } from './history/history-command.ts';
import { addLogsCommand } from './logs/logs-command.ts';
import { addProposeCommand } from './propose/propose-command.ts';
import { addRestoreCommand } from './restore/restore-command.ts';
import { addServeCommand } from './serve/serve-command.ts';
import { addTemplateCommand } from './template/template-command.ts';
import { addTuneCommand } from './tune/tune-command.ts';

// Which Node a user should move to is said in the README, not in the middle of every run.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// The AWS CLI reads both names, the SDK the first alone.
const { AWS_DEFAULT_REGION: region } = process.env;
if (region !== undefined && region !== '') process.env['AWS_REGION'] ??= region;

const program = new Command()
  .name('powerdial')
  .description(
    'Finds the right memory size and timeout for an AWS Lambda function by measuring it.',
  )
  .version(commandVersion())
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(--help lists what there is)');

const COMMANDS: ReadonlyMap<string, (program: Command) => void> = new Map(
  Object.entries({
    tune: addTuneCommand,
    logs: addLogsCommand,
    history: addHistoryCommand,
    check: addCheckCommand,
    compare: addCompareCommand,
    propose: addProposeCommand,
    restore: addRestoreCommand,
    serve: addServeCommand,
    template: addTemplateCommand,
    doctor: addDoctorCommand,
    completion: addCompletionCommand,
    help: addHelpCommand,
  }),
);

/** These tell of all commands, so that all have to be there. */
const ABOUT_ALL = ['completion', 'help'];

// Defining the options of eleven commands takes longer than reading those of the one that is asked for.
const [, , asked = ''] = process.argv;
const alone = ABOUT_ALL.includes(asked) ? undefined : COMMANDS.get(asked);
for (const add of alone === undefined ? COMMANDS.values() : [alone]) add(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; help and version are no errors.
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
