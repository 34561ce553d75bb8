import type { Setting } from '../contract/shared/warnings/facts.ts';

const SETTING_WORDS: Readonly<Record<Setting, string>> = {
  memory: 'memory',
  timeout: 'timeout',
  'system-log-level': 'system log level',
  description: 'description',
  code: 'code',
};

/** Settings of a function as people call them: `memory and timeout`. */
export function settingsText(settings: readonly Setting[]): string {
  return settings.map((setting) => SETTING_WORDS[setting]).join(' and ');
}
