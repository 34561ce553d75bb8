// The throw-away function of `npm run verify:aws -- --create`. It fails and sleeps when it is asked to.
/** @param {{ verify?: string, sleepMs?: number } | null} event */
export const handler = async (event) => {
  if (event?.verify === 'fail') throw new TypeError('failed as it was asked to');
  if (event?.verify === 'sleep') await new Promise((resolve) => setTimeout(resolve, event.sleepMs));
  return { verify: 'done' };
};
