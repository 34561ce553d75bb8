import { assemble } from './assemble.ts';
import { decideAmong } from './decide-among.ts';
import { narrow } from './narrow.ts';
import type { Recommendation, RecommendRequest } from './recommendation.ts';
import { sizeSamples } from './size-sample.ts';
import { survey } from './survey.ts';

export type { Recommendation, RecommendRequest };

/**
 * Tells what to set, from everything observed. Pure: the same observations, in whatever order, and the same
 * seed give the same bytes.
 */
export function recommend(request: RecommendRequest): Recommendation {
  const weights = request.input.payloads.map(({ weight }) => weight);
  const samples = sizeSamples(request.observations, request, weights);
  const narrowed = narrow(request, survey(request, samples));
  if (narrowed.kind !== 'narrowed') return narrowed;
  return assemble(request, samples, narrowed, decideAmong(request, narrowed));
}
