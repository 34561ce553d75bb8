import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Definition, Handler } from './play-definition.ts';

export interface Checkout {
  readonly version: string;
  readonly definition: Definition;
  /** By the Task's Resource, as the definition writes it. */
  readonly handlers: Readonly<Record<string, Handler>>;
}

const STAGES = [
  'initializer',
  'publisher',
  'executor',
  'cleaner',
  'analyzer',
  'optimizer',
] as const;

/**
 * The peer as its checkout has it: its handlers with their own AWS SDK, and its state machine. Its settings are
 * read from its template, as its deployment would put them into the environment.
 */
export function loadCheckout(folder: string): Checkout {
  const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const template = text('template.yml');
  const setting = (name: string): string => {
    const found = new RegExp(`${name}: '(\\{.*\\})'`).exec(template)?.[1];
    if (found === undefined) throw new Error(`${folder}/template.yml has no ${name}`);
    return found;
  };
  Object.assign(process.env, {
    baseCosts: setting('baseCosts'),
    sfCosts: setting('sfCosts'),
    minRAM: '128',
    defaultPowerValues: '128,256,512,1024,1536,3008',
    visualizationURL: 'https://lambda-power-tuning.show/',
  });
  const load = createRequire(path.join(folder, 'package.json'));
  const handlers = STAGES.map((name): [string, Handler] => {
    const { handler } = load(`./lambda/${name}.js`) as { handler: Handler };
    return [`\${${name}Arn}`, handler];
  });
  const definition = text('statemachine/statemachine.asl.json').replaceAll(
    '${totalExecutionTimeout}',
    '300',
  );
  const { version } = JSON.parse(text('package.json')) as { version: string };
  return {
    version,
    definition: JSON.parse(definition) as Definition,
    handlers: Object.fromEntries(handlers),
  };
}
