import type { PAYLOAD_WARNINGS } from '../../contract/shared/warnings/payload-warnings.ts';
import type { FactsOf } from '../../contract/shared/warnings/warning.ts';
import { durationText } from '../format/duration.ts';
import { memoryText } from '../format/memory.ts';
import type { Sentences } from './sentences.ts';

/** What payloads do to a measurement, and what an interruption left of it. */
export const PAYLOAD_SENTENCES: Sentences<typeof PAYLOAD_WARNINGS> = {
  'payloads-unmeasured': ({ places, command }) =>
    command === 'tune'
      ? `Payloads without a warm invocation: ${placesText(places)} (counted from 0). Means at these sizes are of the other payloads alone. Set more invocations a size (invocations, --invocations), or a lower concurrency.`
      : `Payloads that were not measured: ${places.map(({ payload }) => payload).join(', ')} (counted from 0). Figures are of the others alone. Set --max-invocations higher.`,
  'payloads-failed': ({ places }) =>
    `Payloads of which no invocation ended well: ${placesText(places)} (counted from 0). They are in no duration and no cost.`,
  'few-observations-of-payloads': ({ memoryMb, basis, payloads }) =>
    `At ${memoryText(memoryMb)} the figures of some payloads rest on few ${basis} invocations: ${payloads.map(({ payload, count }) => `payload ${payload} on ${count}`).join(', ')} (counted from 0).`,
  'repeats-faster': repeatsFaster,
  'payload-unlike-traffic': unlikeTraffic,
  interrupted: ({ command, left }) =>
    `The ${command === 'tune' ? 'run' : 'check'} was interrupted: this is what it had measured by then.${left.length === 0 ? '' : ` Not measured: ${left.join(', ')}.`}`,
};

/** "payload 2 at 128, 512 MB; payload 3 at 128 MB" */
function placesText(places: FactsOf<'payloads-failed'>['places']): string {
  return places
    .map(({ payload, memorySizesMb }) => `payload ${payload} at ${memorySizesMb.join(', ')} MB`)
    .join('; ');
}

/** "Your payload runs 40 ms at 512 MB; 9 of 10 of your real calls take longer than 180 ms: …" */
function unlikeTraffic(facts: FactsOf<'payload-unlike-traffic'>): string {
  const { memoryMb, payloadMs, calls, place, mayTurn, weights } = facts;
  const payload = `Your payload runs ${durationText(payloadMs)} at ${memoryText(memoryMb)}`;
  const real = callsText(payloadMs, calls, place);
  const turn = mayTurn ? ', and for that another size may be the one to choose' : '';
  const better =
    weights === null
      ? 'Measure with payloads of your own calls (--payload, several with their weights).'
      : `Weights of ${weights.join(', ')} for the payloads, in their order, would fit your calls better.`;
  return `${payload}; ${real}: this recommendation is for a payload that is not your traffic${turn}. ${better}`;
}

function callsText(
  payloadMs: number,
  { meanMs, p10Ms, p90Ms }: FactsOf<'payload-unlike-traffic'>['calls'],
  place: number,
): string {
  if (payloadMs < p10Ms)
    return `9 of 10 of your real calls take longer than ${durationText(p10Ms)}`;
  if (payloadMs > p90Ms) return `9 of 10 of your real calls take at most ${durationText(p90Ms)}`;
  const longer = Math.round(10 * (1 - place));
  return `your real calls take ${durationText(meanMs)} on average, and ${longer} of 10 of them longer than your payload`;
}

function repeatsFaster(facts: FactsOf<'repeats-faster'>): string {
  const { side, memoryMb, trialMs, laterMemoryMb, longestLaterMs, later } = facts;
  const whose = side === null ? 'The trial' : `The trial of the ${side}`;
  const seen = `${whose} took ${durationText(trialMs)} at ${memoryText(memoryMb)}, init apart, and each of the ${later} later invocations with the same payload at ${memoryText(laterMemoryMb)} at most ${durationText(longestLaterMs)}`;
  const meaning = 'the function may skip what it has seen, or answer from a cache';
  return `${seen}: ${meaning}${remedyText(facts)}.`;
}

function remedyText({ varyPayload, allowRepeats }: FactsOf<'repeats-faster'>): string {
  if (allowRepeats) return ', as the input allows (allowRepeats)';
  const meant = 'where repeats are what your traffic is like, set allowRepeats (--allow-repeats)';
  return varyPayload
    ? `. The payload varies, so it is something else that it knows; ${meant}`
    : `. Put {{uuid}} where the payload has its id and set varyPayload (--vary-payload); ${meant}`;
}
