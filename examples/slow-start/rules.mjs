const WORDS = ['union', 'select', 'script', 'passwd', 'admin', 'login', 'eval', 'config', 'shell'];

/** Made-up rules of the kind that a web firewall loads: the same every time. */
export function readRules(count) {
  return Array.from({ length: count }, (_, index) => {
    const a = WORDS[index % WORDS.length];
    const b = WORDS[Math.floor(index / WORDS.length) % WORDS.length];
    return {
      name: `rule-${index}`,
      pattern: `(?:${a}[\\s+/*]{0,4}${index}|\\b${b}\\p{L}{0,3}=${index}\\b|(?:%[0-9a-f]{2}){${(index % 5) + 3}}${a})`,
    };
  });
}
