import { SliceInMaking } from './slice-in-making.ts';
import type { MeasuredSlice, SliceRequest } from './slice-request.ts';

/**
 * Makes the invocations of a slice, a bounded number at a time. Nothing starts once the execution has ended,
 * whatever ended it: nobody reads what comes of it. Nothing starts that could exceed the
 * budget: the worst case of everything under way is set aside until its true cost is known. Nothing
 * starts that could outlast the call; what was throttled until then is left to the next one, which passes
 * over those that overtook it.
 */
export async function measureSlice(request: SliceRequest): Promise<MeasuredSlice> {
  const { bounds, planned } = request;
  const slice = new SliceInMaking(request);
  let next = bounds.from;
  for (const scheduled of planned.slice(bounds.from, bounds.to)) {
    const invocation = { ...scheduled, index: next };
    if (await slice.isWanted(invocation)) {
      if (!(await slice.mayBegin(invocation))) break;
      slice.begin(invocation);
    }
    next += 1;
  }
  return slice.finish(next);
}
