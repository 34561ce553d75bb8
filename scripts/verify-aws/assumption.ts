import type { Account } from './account.ts';

/** Where the sentence stands that an assumption relies on. */
export type Source =
  /** The API reference as the installed SDK carries it; a test looks the quote up in there. */
  | { readonly kind: 'model'; readonly client: Client; readonly quote: string }
  /** A page of AWS's documentation, and the day on which it was read. */
  | {
      readonly kind: 'guide';
      readonly page: string;
      readonly url: string;
      readonly quote: string;
      readonly readOn: string;
    }
  /** AWS does not say it anywhere that we found. */
  | { readonly kind: 'nowhere'; readonly searched: string };

export type Client = 'lambda' | 'sfn' | 'cloudwatch-logs' | 's3' | 'sqs';

/** What came of trying an assumption. */
export type Finding =
  | { readonly kind: 'held'; readonly saw: string }
  | { readonly kind: 'not-held'; readonly saw: string }
  | { readonly kind: 'not-tried'; readonly why: string };

/** Something that Powerdial takes for granted about a call to AWS. */
export interface Assumption {
  readonly id: string;
  /** The IAM action of the call, such as `lambda:PublishVersion`. */
  readonly call: string;
  /** A whole sentence. */
  readonly assumed: string;
  readonly source: Source;
  /** What to do, or what it means, if it is false. */
  readonly otherwise: string;
  /** The steps that prove it; or why this script cannot take them. */
  readonly proof: ((account: Account) => Promise<Finding>) | { readonly cannot: string };
}

export const held = (saw: string): Finding => ({ kind: 'held', saw });
export const notHeld = (saw: string): Finding => ({ kind: 'not-held', saw });
export const notTried = (why: string): Finding => ({ kind: 'not-tried', why });

/** Held when `is`, and what was seen either way. */
export function judged(is: boolean, saw: string): Finding {
  return is ? held(saw) : notHeld(saw);
}

export function model(client: Client, quote: string): Source {
  return { kind: 'model', client, quote };
}

const READ_ON = '2026-11-28';

/** @param page the title; the address follows from its name in the guide */
export function lambdaGuide(page: string, name: string, quote: string): Source {
  const url = `https://docs.aws.amazon.com/lambda/latest/dg/${name}.html`;
  return { kind: 'guide', page: `Lambda Developer Guide, “${page}”`, url, quote, readOn: READ_ON };
}

export function statesGuide(page: string, name: string, quote: string): Source {
  const url = `https://docs.aws.amazon.com/step-functions/latest/dg/${name}.html`;
  return {
    kind: 'guide',
    page: `Step Functions Developer Guide, “${page}”`,
    url,
    quote,
    readOn: READ_ON,
  };
}

export function nowhere(searched: string): Source {
  return { kind: 'nowhere', searched };
}
