import { ServiceError } from '../../service-error.ts';

/** Tells what CloudWatch Logs answers to a query that it cannot read. */
export function malformed(message: string): ServiceError {
  return new ServiceError(400, 'MalformedQueryException', message);
}

/** For what Logs Insights has and this interpreter does not: by its name. */
export function unsupported(what: string, known: readonly string[]): ServiceError {
  return malformed(
    `The embedded CloudWatch Logs does not have ${what}; it has ${known.join(', ')}.`,
  );
}
