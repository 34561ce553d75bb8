/**
 * The coefficient of variation that stands in where a single value says nothing about its spread:
 * between the 1 % of work bound by the CPU and the 50 % of calls to other services.
 */
export const UNKNOWN_SPREAD = 0.3;
