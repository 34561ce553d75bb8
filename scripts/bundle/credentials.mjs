// Takes the place of @aws-sdk/credential-provider-node in what is bundled; see `credentialsInTurn`.
import { fromEnv } from '@aws-sdk/credential-provider-env';

export function defaultProvider(init) {
  let chain;
  return async (properties) => {
    if (isInEnvironment(init)) return fromEnv(init)(properties);
    if (chain === undefined) {
      const { defaultProvider: whole } = await import('@aws-sdk/credential-provider-node');
      chain ??= whole(init);
    }
    return chain(properties);
  };
}

/** As the chain itself decides it: with a profile, it passes over the environment. */
function isInEnvironment(init) {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  return !(init?.profile ?? AWS_PROFILE) && Boolean(AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY);
}
