/** How often the loops of the workflow went round. */
export interface LoopCounts {
  readonly rounds: number;
  readonly setMemoryCalls: number;
  readonly restoreCalls: number;
  readonly waits: number;
  readonly measureCalls: number;
  readonly lostSlices: number;
  /** Calls of ReadHistory, with a wait after each but the last. */
  readonly historyCalls?: number;
  readonly applies: boolean;
}

/**
 * Returns the state transitions of a run that reaches its end, counted from `state-machine/tune.asl.json`; a
 * test holds this against what the player counts. Retries by Step Functions, and waits for versions that AWS
 * does not delete yet, come on top and are not known here.
 */
export function stateTransitions(counts: LoopCounts): number {
  const { rounds, setMemoryCalls, restoreCalls, waits, measureCalls, lostSlices, applies } = counts;
  const { historyCalls = 0 } = counts;
  const history = historyCalls * 2 + Math.max(0, historyCalls - 1); // ReadHistory, History pending?; a Wait
  const inspect = 2; // Inspect, Dry run?
  const planning = (rounds + 1) * 2; // Plan, More to measure?
  const publishing = setMemoryCalls * 2 + restoreCalls * 2 + waits; // SetMemory, Next size?; Restore, Versions pending?; a Wait
  const measuring = (measureCalls - lostSlices) * 2 + lostSlices * 2; // Measure, Round done? or Too many slices lost?
  const ending = 6 + (applies ? 2 : 0); // Recommend, CleanUp, Cleaned up?, Apply?, StoreResult, Done; Apply, Release pending?
  return inspect + history + planning + publishing + measuring + ending;
}
