// Writes Retry and Catch of every Task of the workflows from the policies that the contract names: `npm run docs`.
// Where a Catch leads, and what it assigns, stays as the file has it. A test compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { CHECK } from '../dist/src/contract/check/workflow.js';
import { CATCHES, RETRIES } from '../dist/src/contract/shared/task-policies.js';
import { TUNE } from '../dist/src/contract/tune/workflow.js';

for (const { kind, policies } of [TUNE, CHECK]) {
  const file = `state-machine/${kind}.asl.json`;
  const definition = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, { retries, catches }] of Object.entries(policies)) {
    const task = definition.States[name];
    const rules = CATCHES[catches];
    // What leads somewhere of its own comes first, and the last leads where every other error goes.
    const written = task.Catch;
    task.Retry = [RETRIES[retries]];
    task.Catch = rules.map((ErrorEquals, index) => ({
      ...(index < rules.length - 2 ? written[index] : written.at(index - rules.length)),
      ErrorEquals,
    }));
  }
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(JSON.stringify(definition), options));
}
