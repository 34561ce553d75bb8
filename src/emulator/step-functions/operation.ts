import type { Json } from '../../contract/shared/json.ts';
import type { RequestMembers } from './request-members.ts';
import type { StatesAccount } from './states-account.ts';

/** One operation of Step Functions' API. Throws an `SfnException` for every answer but success. */
export type Operation = (
  members: RequestMembers,
  account: StatesAccount,
) => OperationAnswer | Promise<OperationAnswer>;

export type OperationAnswer = { readonly [member: string]: Json };

/** By the operation's name in the API. */
export type Operations = Readonly<Record<string, Operation>>;
