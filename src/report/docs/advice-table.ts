import { ADVICE } from '../../contract/tune/advice.ts';

/** Returns the table of what advice there is, with the facts of each code, made from the schemas. */
export function adviceTable(): string {
  const rows = Object.entries(ADVICE).map(([code, schema]) => {
    const facts = Object.keys(schema.shape).map((key) => `\`${key}\``);
    return `| \`${code}\` | ${schema.description ?? ''} | ${facts.join(', ')} |`;
  });
  return ['| code | what it is about | facts |', '| --- | --- | --- |', ...rows].join('\n');
}
