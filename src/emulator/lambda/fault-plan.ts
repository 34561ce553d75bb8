import type { Fault, FaultTime, Intercept, InterceptedRequest } from './fault.ts';
import { namedFault, type FaultName } from './named-fault.ts';
import type { UpdateFailure } from './update-failure.ts';

/** Where a fault strikes, what it is, and how long it lasts. */
export interface FaultPoint {
  /** The call, from 1: of all, or of `operation` where that is given. */
  readonly call: number;
  readonly operation?: string;
  readonly when: FaultTime;
  /**
   * A named fault, something to do at that moment while the request goes on, or how the update fails
   * that the request asks for: then calls that update nothing are passed over.
   */
  readonly fault: FaultName | (() => void | Promise<void>) | UpdateFailure;
  /**
   * `attempt`: the first attempt only, so that a retry gets through. `call`: every attempt of the call,
   * longer than an SDK retries. `operation`: that, and every later call of the same operation.
   * `everything`: every request from there on. @default 'attempt'
   */
  readonly lasting?: 'attempt' | 'call' | 'operation' | 'everything';
}

/** A fault at one point, and what a harness wants to know afterwards. */
export interface FaultPlan {
  readonly intercept: Intercept;
  /** The request that it struck first; `null` while it has not. */
  struck(): InterceptedRequest | null;
  /** The operations called so far, one for each call, in order: `calls()[6]` is the 7th. */
  calls(): readonly string[];
}

/** Without a point nothing is put in the way: that is how a harness learns how many calls there are. */
export function faultPlan(point?: FaultPoint): FaultPlan {
  const calls: string[] = [];
  let first: InterceptedRequest | null = null;
  return {
    struck: () => first,
    calls: () => calls,
    intercept(request) {
      if (request.attempt === 1) calls.push(request.operation);
      if (point === undefined) return undefined;
      if (first === null) {
        if (!isAt(point, request)) return undefined;
        first = request;
      } else if (!lasts(point, first, request)) {
        return undefined;
      }
      return faultOf(point, request);
    },
  };
}

/** Such as `before call 7 (UpdateFunctionConfiguration): dropped-socket`. */
export function faultPointName(point: FaultPoint, operation: string): string {
  const { fault } = point;
  const name =
    typeof fault === 'string'
      ? fault
      : typeof fault === 'function'
        ? 'act'
        : `update fails, ${fault.reasonCode}`;
  return `${point.when} call ${point.call} (${operation}): ${name}`;
}

function isAt(point: FaultPoint, request: InterceptedRequest): boolean {
  return point.operation === undefined
    ? request.call === point.call
    : request.operation === point.operation && request.callOfOperation === point.call;
}

function lasts(point: FaultPoint, first: InterceptedRequest, request: InterceptedRequest): boolean {
  switch (point.lasting ?? 'attempt') {
    case 'attempt':
      return false;
    case 'call':
      return request.call === first.call;
    case 'operation':
      return request.operation === first.operation;
    case 'everything':
      return true;
  }
}

function faultOf(point: FaultPoint, request: InterceptedRequest): Fault {
  const { fault, when } = point;
  if (typeof fault === 'string') return namedFault(fault, request, when);
  return typeof fault === 'function'
    ? { kind: 'act', when, act: fault }
    : { kind: 'fail-update', when: 'before', failure: fault };
}
