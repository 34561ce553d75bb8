/** Tells why the last update failed, by AWS's code and in AWS's words. */
export function updateFailureText({
  reasonCode,
  reason,
}: {
  readonly reasonCode: string | null;
  readonly reason: string | null;
}): string {
  return [reasonCode, reason].filter((part) => part !== null).join(': ') || 'AWS gives no reason';
}
