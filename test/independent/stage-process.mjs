// One environment of a stage's function: the deployed bundle under the variables that the deployment gives it,
// called by messages of the test in place of Lambda's Runtime API.
const { handler } = await import(String(process.env['STAGE_BUNDLE']));

process.on('message', async (/** @type {any} */ { id, payload, context }) => {
  const deadlineMs = Date.now() + context.timeoutMs;
  const told = { ...context, getRemainingTimeInMillis: () => deadlineMs - Date.now() };
  try {
    const output = await handler(JSON.parse(payload), told);
    process.send?.({ id, functionError: null, payload: JSON.stringify(output ?? null) });
  } catch (error) {
    const { name: errorType, message: errorMessage, stack = '' } = /** @type {Error} */ (error);
    const answer = { errorType, errorMessage, trace: stack.split('\n') };
    process.send?.({ id, functionError: 'Unhandled', payload: JSON.stringify(answer) });
  }
});
