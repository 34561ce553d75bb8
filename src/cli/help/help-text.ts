import type { Command } from 'commander';
import { nearest } from '../../contract/shared/nearest.ts';
import { isTopic, TOPICS } from '../../words/topics.ts';
import { UsageError } from '../../api/shared/usage-error.ts';

/**
 * Tells of a command, of a topic, or what there is.
 *
 * @throws {UsageError} for a name that is neither
 */
export function helpText(program: Command, name: string | undefined): string {
  if (name === undefined) {
    const topics = Object.entries(TOPICS).map(
      ([topic, { summary }]) => `  ${topic.padEnd(12)}${summary}\n`,
    );
    return `${program.helpInformation()}\nTopics (powerdial help <topic>):\n${topics.join('')}`;
  }
  if (isTopic(name)) return TOPICS[name].text;
  const command = program.commands.find((each) => each.name() === name);
  if (command !== undefined) return command.helpInformation();
  const known = [...Object.keys(TOPICS), ...program.commands.map((each) => each.name())];
  const meant = nearest(name, known);
  throw new UsageError([
    `help: wanted a command or a topic, it is ${JSON.stringify(name)}${meant === null ? '' : `; did you mean ${meant}?`} The topics are ${Object.keys(TOPICS).join(', ')}`,
  ]);
}
