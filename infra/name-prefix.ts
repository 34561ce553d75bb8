/**
 * With the tuner's own part and the longest stage name it must fit into a function's 64 characters, and it
 * names a stack as well, which allows no underscore.
 */
const PREFIX = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

/** Whether names of the state machine and its functions may begin so. */
export function isNamePrefix(text: string): boolean {
  return PREFIX.test(text);
}

/** What it has to be, for messages. */
export const NAME_PREFIX_RULE = 'a letter, then at most 39 letters, digits and dashes';
