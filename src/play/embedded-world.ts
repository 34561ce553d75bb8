import { lambdaDeps, type LambdaDeps } from '../aws/lambda-deps.ts';

/** The embedded Lambda endpoint as stages see it: through the real SDK. */
export function embeddedWorld(
  endpoint: { readonly url: string; readonly region: string },
  stop: AbortSignal,
): LambdaDeps {
  return lambdaDeps(
    {
      endpoint: endpoint.url,
      region: endpoint.region,
      // The endpoint takes any; the caller's own must not even be looked for.
      credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
    },
    stop,
  );
}
