import { partition } from '@aws-sdk/core/client';
import { expect, test } from 'vitest';
import { serviceDomain } from '../../../src/aws/service-domain.ts';
import { isRegion } from '../../../src/contract/shared/region.ts';

/** One region of every partition that the SDK knows (AWS, "Partitions", 2026-11). */
const REGIONS = [
  'eu-west-1',
  'cn-north-1',
  'us-gov-west-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
];

test.each(REGIONS)(
  '%s is a region, and its partition has the domain that the SDK says',
  (region) => {
    expect(isRegion(region)).toBe(true);
    const { name, dnsSuffix } = partition(region);
    expect(serviceDomain(name)).toBe(dnsSuffix);
  },
);

test.each(['moon', 'eu-west', 'eu-west-1a', 'euscde-east-1', 'EU-WEST-1', 'eu-west-12', ''])(
  '%j is refused as the name of a region',
  (text) => {
    expect(isRegion(text)).toBe(false);
  },
);
