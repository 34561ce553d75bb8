/** A synthesis takes up to seconds of processor time, and others may want the processor too. */
export const PATIENCE_MS = 180_000;
