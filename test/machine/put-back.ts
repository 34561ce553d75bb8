import { afterAll, vi } from 'vitest';

/*
 * Files of one worker share its process, so what one leaves changed would meet the next. Stubbed variables
 * go back after each file; a variable that was set in another way fails the file that set it.
 */
const before = { ...process.env };

/** The logger of AWS Powertools sets it once, as soon as it is loaded. */
const SET_BY_POWERTOOLS = 'AWS_SDK_UA_APP_ID';

afterAll(() => {
  vi.unstubAllEnvs();
  const names = new Set([...Object.keys(before), ...Object.keys(process.env)]);
  const changed = [...names].filter(
    (name) => process.env[name] !== before[name] && name !== SET_BY_POWERTOOLS,
  );
  for (const name of changed) {
    if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[name];
  }
  if (changed.length > 0) {
    throw new Error(
      `This file leaves variables of the environment changed: ${changed.join(', ')}. Wanted none; use vi.stubEnv.`,
    );
  }
});
