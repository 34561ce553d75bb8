// A slow init: compiles a set of rules when it is loaded, then answers in no time. What memory size is
// best depends on how often it starts cold, and the init takes the same time with every size.
import { readRules } from './rules.mjs';

const rules = readRules(700).map(({ name, pattern }) => {
  const compiled = new RegExp(pattern, 'iu');
  // A pattern is only compiled when it is first used: now, and not in somebody's request.
  compiled.test('');
  compiled.test('GET /warm-up?with=a+text&that=is-long-enough HTTP/1.1');
  return { name, compiled };
});

/** Event: { "line": "GET / HTTP/1.1" }. Answers the names of the rules that match. */
export async function handler(event) {
  const matches = rules.filter(({ compiled }) => compiled.test(event.line));
  return { rules: rules.length, matches: matches.map(({ name }) => name) };
}
