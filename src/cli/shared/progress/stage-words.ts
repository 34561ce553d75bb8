/** What a stage does, for people. */
const STAGE_WORDS: Readonly<Record<string, string>> = {
  Inspect: 'inspecting the function',
  ReadHistory: 'reading what production logs say',
  Plan: 'planning what to measure',
  SetMemory: 'setting memory sizes',
  Restore: 'putting the configuration back',
  Measure: 'measuring',
  Recommend: 'deciding',
  CleanUp: 'cleaning up',
  Apply: 'applying the recommendation',
  StoreResult: 'keeping the result',
};

/** A stage that the words do not know goes by its own name. */
export function stageWords(stage: string): string {
  return Object.hasOwn(STAGE_WORDS, stage) ? (STAGE_WORDS[stage] ?? stage) : stage;
}
