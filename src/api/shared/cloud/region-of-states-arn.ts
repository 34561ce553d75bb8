/** Returns the region in an ARN of Step Functions; `null` when it is no such ARN. */
export function regionOfStatesArn(arn: string, kind: 'stateMachine' | 'execution'): string | null {
  const match = /^arn:aws[a-z-]*:states:([a-z0-9-]+):\d{12}:([a-zA-Z]+):[^:\s]+(?::[^:\s]+)?$/.exec(
    arn,
  );
  return match?.[2] === kind ? (match[1] ?? null) : null;
}
