/** AWS's bounds for MemorySize on default compute, in AWS's MB of 2^20 bytes (Lambda quotas, 2026-11). */
export const MIN_MEMORY_MB = 128;
export const MAX_MEMORY_MB = 10_240;

/** The memory that buys one vCPU (Lambda Developer Guide, "Configure Lambda function memory"). */
export const MEMORY_MB_PER_VCPU = 1769;

/** The most sizes that one run may measure. */
export const MAX_SIZES = 46;

/** As many as aws-lambda-power-tuning's input may list. */
export const MAX_PEER_SIZES = 128;

/** The most invocations that one run may make. */
export const MAX_INVOCATIONS = 8000;

/** The most that a run of aws-lambda-power-tuning's input may make: with little else a state has room for them. */
export const MAX_PEER_INVOCATIONS = 12_000;

/** AWS's bounds for Timeout on default compute. */
export const MIN_TIMEOUT_SECONDS = 1;
export const MAX_TIMEOUT_SECONDS = 900;
