import type { WarningFacts } from '../../contract/shared/warnings/warning.ts';
import type { Grounds } from './ground-choice.ts';

/** Tells what production makes doubtful. */
export function trafficWarnings({
  traffic,
  payload,
  weights,
  mayTurn,
}: Grounds): readonly WarningFacts[] {
  const { verdict, experimentMs, place, productionMs } = payload;
  const { mean, p10, p90 } = productionMs;
  if (verdict !== 'unlike' || experimentMs === null || place === null) return [];
  if (mean === null || p10 === null || p90 === null) return [];
  return [
    {
      code: 'payload-unlike-traffic',
      memoryMb: traffic.presentMb,
      payloadMs: experimentMs,
      calls: { meanMs: mean, p10Ms: p10, p90Ms: p90 },
      place,
      mayTurn,
      weights,
    },
  ];
}
