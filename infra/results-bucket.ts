import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { leaveOutUndefined } from './leave-out-undefined.ts';
import type { PowerTunerProps } from './power-tuner-props.ts';

/** Tells where results are kept as JSON: private, encrypted, over TLS only, and not forever. */
export function resultsBucket(scope: Construct, id: string, settings: PowerTunerProps): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: settings.encryptionKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
    bucketKeyEnabled: settings.encryptionKey !== undefined,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [
      {
        expiration: settings.resultsRetention ?? Duration.days(90),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
    ...leaveOutUndefined({ encryptionKey: settings.encryptionKey }),
  });
  acknowledge(
    bucket,
    'S1',
    'Results are measurements that expire and hold no payloads; who reads them is the account’s own trail to keep.',
  );
  return bucket;
}
