import { lambdaDeps, type LambdaDeps } from '../aws/lambda-deps.ts';

/** Reaches the embedded Lambda endpoint as stages reach AWS: through the real SDK. */
export function embeddedWorld(
  endpoint: { readonly url: string; readonly region: string },
  stop: AbortSignal,
): LambdaDeps {
  return lambdaDeps(
    {
      endpoint: endpoint.url,
      region: endpoint.region,
      // The endpoint takes any credentials. The caller's own must not even be looked for.
      credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
    },
    stop,
  );
}
