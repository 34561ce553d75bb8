/**
 * A region's name, as Lambda's and Step Functions' own API models have it: `eu-west-1`, `us-gov-east-1`,
 * `us-isob-east-1`, `eusc-de-east-1`. Without anchors, to be a part of other patterns.
 */
export const REGION_PATTERN = String.raw`(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d`;

const REGION = new RegExp(`^${REGION_PATTERN}$`);

/** Tells whether a text can be the name of a region; not whether there is one of that name. */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}
