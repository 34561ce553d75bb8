/**
 * Together with the tuner's own part and the longest stage name it must fit into the 64 characters of a
 * function's name. It names a stack as well, which allows no underscore.
 */
const PREFIX = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

/** Tells whether the names of the state machine and its functions may begin with this text. */
export function isNamePrefix(text: string): boolean {
  return PREFIX.test(text);
}

/** What a prefix has to be, for messages. */
export const NAME_PREFIX_RULE = 'a letter, then at most 39 letters, digits and dashes';
