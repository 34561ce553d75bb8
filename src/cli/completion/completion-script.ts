import type { Command, Option } from 'commander';
import { TOPICS } from '../../words/topics.ts';
import type { Shell } from './shells.ts';
import { SHELLS } from './shells.ts';

/** What is completed of one command. */
interface Offer {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** Words that its first argument may be; none: files are offered. */
  readonly words: readonly string[];
}

/** A script for a shell; what it offers is read off the commands themselves. */
export function completionScript(program: Command, shell: Shell): string {
  const offers = program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: command.options,
    words: wordsOf(command.name(), program),
  }));
  switch (shell) {
    case 'bash':
      return bash(offers);
    case 'zsh':
      return zsh(offers);
    case 'fish':
      return fish(offers);
  }
}

function wordsOf(name: string, program: Command): readonly string[] {
  if (name === 'completion') return SHELLS;
  if (name !== 'help') return [];
  return [...Object.keys(TOPICS), ...program.commands.map((each) => each.name())];
}

function flagsOf({ long, short }: Option): readonly string[] {
  return [long, short].flatMap((flag) => (flag === undefined ? [] : [flag]));
}

function bash(offers: readonly Offer[]): string {
  const cases = offers.map(
    ({ name, options, words }) =>
      `    ${name}) options='${['--help', ...options.flatMap(flagsOf)].join(' ')}' words='${words.join(' ')}' ;;`,
  );
  return `# powerdial: completion for bash
_powerdial() {
  local current=\${COMP_WORDS[COMP_CWORD]} options='' words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${offers.map(({ name }) => name).join(' ')}' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *)
      if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
      else COMPREPLY=($(compgen -f -- "$current")); fi
      ;;
  esac
}
complete -o filenames -F _powerdial powerdial
`;
}

function zsh(offers: readonly Offer[]): string {
  const commands = offers.map(({ name, summary }) => `    ${quoteForZsh(`${name}:${summary}`)}`);
  const cases = offers.map(({ name, options, words }) => {
    const specs = options.flatMap((option) =>
      flagsOf(option).map((flag) => {
        const value = option.required || option.optional ? ':value:_files' : '';
        return quoteForZsh(`*${flag}[${option.description.replace(/[[\]:]/g, '\\$&')}]${value}`);
      }),
    );
    const rest = words.length === 0 ? '*:file:_files' : `1:word:(${words.join(' ')})`;
    return `    ${name}) _arguments ${[...specs, quoteForZsh(rest)].join(' \\\n      ')} ;;`;
  });
  return `#compdef powerdial
_powerdial() {
  local -a commands
  commands=(
${commands.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _powerdial powerdial
`;
}

function fish(offers: readonly Offer[]): string {
  const lines = offers.flatMap(({ name, summary, options, words }) => [
    `complete -c powerdial -n __fish_use_subcommand -f -a ${name} -d ${quoteForFish(summary)}`,
    ...options.map((option) => {
      const flags = flagsOf(option).map((flag) =>
        flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
      );
      const value = option.required || option.optional ? ' -r' : '';
      return `complete -c powerdial -n '__fish_seen_subcommand_from ${name}' ${flags.join(' ')}${value} -d ${quoteForFish(option.description)}`;
    }),
    ...(words.length === 0
      ? []
      : [
          `complete -c powerdial -n '__fish_seen_subcommand_from ${name}' -f -a ${quoteForFish(words.join(' '))}`,
        ]),
  ]);
  return `# powerdial: completion for fish\n${lines.join('\n')}\n`;
}

/** For zsh: a quote within quotes ends them, stands by itself, and begins them again. */
function quoteForZsh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
