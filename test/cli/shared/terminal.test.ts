import { expect, test } from 'vitest';
import { wantsColour } from '../../../src/cli/shared/terminal.ts';

const pipe = {};
const terminal = { isTTY: true };

test.each([
  [terminal, { TERM: 'xterm' }, undefined, true],
  [terminal, { TERM: 'dumb' }, undefined, false],
  [pipe, {}, undefined, false],
  [pipe, { FORCE_COLOR: '1' }, undefined, true],
  [pipe, { FORCE_COLOR: '' }, undefined, true],
  [terminal, { FORCE_COLOR: '0' }, undefined, false],
  [pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, undefined, false],
  [pipe, { FORCE_COLOR: '1' }, false, false],
])('colours for %j with %j and --color %s: %s', (stream, env, option, wanted) => {
  expect(wantsColour(stream, env, option)).toBe(wanted);
});
