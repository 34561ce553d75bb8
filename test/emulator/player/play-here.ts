import type { Json } from '../../../src/contract/shared/json.ts';
import {
  playWorkflow,
  type PlayOptions,
  type WorkflowEvent,
  type WorkflowOutcome,
} from '../../../src/emulator/player/play.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Played {
  readonly outcome: WorkflowOutcome;
  readonly events: readonly WorkflowEvent[];
  readonly clock: VirtualClock;
}

/** A definition with JSONata that starts at its first state. */
export function machine(
  states: Readonly<Record<string, object>>,
  top: Readonly<Record<string, Json>> = {},
): object {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...top };
}

/** Plays a definition without waiting. */
export async function playHere(
  definition: unknown,
  options: Partial<PlayOptions> & { readonly clock?: VirtualClock } = {},
): Promise<Played> {
  const events: WorkflowEvent[] = [];
  const clock = options.clock ?? new VirtualClock();
  const outcome = await playWorkflow({
    input: {},
    tasks: {},
    onEvent: (event) => events.push(event),
    ...options,
    clock,
    definition,
  });
  return { outcome, events, clock };
}

/** The output of a Pass state with this Output, for an input and variables. */
export async function outputOf(
  output: Json,
  input: Json = {},
  variables: Readonly<Record<string, Json>> = {},
): Promise<WorkflowOutcome> {
  const { outcome } = await playHere(
    machine({
      Set: { Type: 'Pass', Assign: variables, Next: 'Use' },
      Use: { Type: 'Pass', Output: output, End: true },
    }),
    { input },
  );
  return outcome;
}
