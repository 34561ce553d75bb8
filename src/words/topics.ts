/** What `powerdial help <topic>` tells, for a terminal of 80 columns. */
export const TOPICS = {
  goals: {
    summary: 'what a run looks for, and under which limits',
    text: `--goal says what the recommended size is to be:

  best-value  the fastest size that costs at most 5 % more than the cheapest
              (--tolerance 10% allows more). This is the default.
  cheapest    the least cost for an invocation
  fastest     the shortest duration
  balanced    both, by --weight: 1 looks at cost alone, 0 at duration alone

Limits hold for every goal, and a size that breaks one is not recommended:

  --max-duration p95=800ms   also mean, p50, p99; repeatable
  --max-cost 2               USD for a million invocations

A run says how sure it is, and measures on while its choice may still lose
much. "keep" means that the present size is as good as any; "inconclusive" that
nothing could be told, and what more measuring would take.

  powerdial tune my-fn --goal cheapest --max-duration p95=800ms
`,
  },
  timeouts: {
    summary: 'how a timeout is recommended, and when none is',
    text: `The timeout comes from the tail of everything that was seen at the recommended
size, cold starts included: an upper bound for the duration that 999 in 1,000
invocations stay below, with 95 % confidence, times 1.5, in whole seconds.

3,000 observations bound it without assumptions; fewer need a tail that can be
fitted and passes a test. Too few, or two humps, recommend nothing below the
present timeout. Production's logs have thousands of observations, and the run
uses them where it may:

  powerdial tune my-fn --history 14d
  powerdial history my-fn          the timeout that its log asks for

It is held against what waits for the function: API Gateway, a queue's
visibility timeout, Cognito. --apply-timeout sets it; without that nothing does.
`,
  },
  'exit-codes': {
    summary: 'what a command ends with',
    text: `  0    done; a check passed; also keep and inconclusive of tune
  1    a check found a regression or a broken budget
  2    wrong usage, input or configuration: nothing was run; of doctor:
       something is missing
  3    the run failed, or no size could be measured or meets the limits; the
       function is as it was
  4    inconclusive, only with --fail-on-inconclusive
  130  interrupted; the function was put back (where that could not be
       confirmed: 3, with the command that does it)
`,
  },
  cost: {
    summary: 'what a run costs, and how a size’s cost is counted',
    text: `A run invokes the function for real. Before it starts on AWS it says how often
at most, and what that can cost at most; --dry-run says the same and stops.
--max-usd (1 USD) is a reservation: nothing starts whose worst case could pass
it. Versions of the function that it publishes are deleted again and cost
nothing.

What an invocation costs is billed time × memory × the price per GB-second of
the region and architecture, plus ephemeral storage above 512 MB, plus the price
of the request; list prices of the first tier, without the free tier. The cost
of a size is the mean over its invocations, with cold starts at the share of
your traffic (--cold-share, or from production's logs).

  powerdial tune my-fn --dry-run
  powerdial tune my-fn --max-usd 0.10 --invocations-per-month 2000000
`,
  },
} as const satisfies Readonly<Record<string, { readonly summary: string; readonly text: string }>>;

export type Topic = keyof typeof TOPICS;

export function isTopic(name: string): name is Topic {
  return Object.hasOwn(TOPICS, name);
}
