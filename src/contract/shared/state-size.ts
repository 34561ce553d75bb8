/** The most that a state's input, output or arguments may hold, and an execution's input (Step Functions). */
export const MOST_STATE_BYTES = 262_144;
