/** CloudWatch takes no event above 1 MiB, so nothing longer is a line of a log or an event of an export. */
export const MAX_LINE_CHARACTERS = 2 ** 20;
