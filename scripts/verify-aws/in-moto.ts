/**
 * The assumptions that a run of this script against moto has shown to hold there. Empty, for no such run has
 * been made: nothing may be called verified by moto before one has.
 */
export const HELD_IN_MOTO: ReadonlySet<string> = new Set<string>();
