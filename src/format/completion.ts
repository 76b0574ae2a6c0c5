// Shell completions, formatted from the grammar: for dos-sync, sync-check, and git dos-sync.

import { type Grammar, namesOf, type OptionGrammar, type ValueKind, type VerbGrammar } from './grammar.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

export function formatCompletion(shell: Shell, grammar: Grammar): string[] {
  switch (shell) {
    case 'bash':
      return formatBash(grammar);
    case 'zsh':
      return formatZsh(grammar);
    case 'fish':
      return formatFish(grammar);
  }
}

function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

function formatBash(grammar: Grammar): string[] {
  return [
    '# bash completion for dos-sync:  eval "$(git dos-sync completion bash)"',
    '_dos_sync_files() {',
    '  local each',
    '  compopt -o filenames 2>/dev/null',
    '  while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -f -- "$1")',
    '}',
    // compgen -W would expand branch names, which can contain $(…).
    '_dos_sync_refs() {',
    '  local each',
    `  while IFS= read -r each; do [[ $each == "$1"* ]] && COMPREPLY+=("$each"); done < <(${REFS})`,
    '}',
    '_dos_sync() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb= at=1 i',
    '  COMPREPLY=()',
    '  case ${COMP_WORDS[0]##*/} in',
    '    git) while [[ at -lt COMP_CWORD && ${COMP_WORDS[at]} != dos-sync ]]; do at=$((at + 1)); done; at=$((at + 1)) ;;',
    '    sync-check) verb=check ;;',
    '  esac',
    '  for ((i = at; i < COMP_CWORD; i++)); do',
    '    case ${COMP_WORDS[i]} in -*) ;; *) verb=${verb:-${COMP_WORDS[i]}} ;; esac',
    '  done',
    '  case $verb:$prev in',
    ...grammar.flatMap((verb) => verb.options.flatMap((option) => bashValue(verb, option))),
    '  esac',
    '  case $verb in',
    `    '') COMPREPLY=($(compgen -W ${quote(grammar.map(({ name }) => name).join(' '))} -- "$cur")) ;;`,
    ...grammar.flatMap(bashVerb),
    '  esac',
    '}',
    '_git_dos_sync() { _dos_sync; }',
    'complete -F _dos_sync dos-sync git-dos-sync sync-check',
  ];
}

const REFS = "git for-each-ref --format='%(refname:short)' 2>/dev/null";

function bashWords(kind: ValueKind): string {
  if (kind === 'path') return '_dos_sync_files "$cur"';
  if (kind === 'revision') return '_dos_sync_refs "$cur"';
  return kind === 'text' ? ':' : `COMPREPLY=($(compgen -W ${quote(kind.join(' '))} -- "$cur"))`;
}

function bashValue({ name }: VerbGrammar, option: OptionGrammar): string[] {
  if (!option.value) return [];
  const cases = namesOf(option).map((each) => `${name}:${each}`);
  return [`    ${cases.join(' | ')}) ${bashWords(option.value.kind)}; return ;;`];
}

function bashVerb({ name, options, argument }: VerbGrammar): string[] {
  const flags = options.flatMap(namesOf).join(' ');
  return [
    `    ${name})`,
    '      case $cur in',
    `        -*) COMPREPLY=($(compgen -W ${quote(flags)} -- "$cur")) ;;`,
    ...(argument === undefined ? [] : [`        *) ${bashWords(argument)} ;;`]),
    '      esac ;;',
  ];
}

function formatZsh(grammar: Grammar): string[] {
  return [
    '#compdef dos-sync git-dos-sync sync-check',
    '# zsh completion for dos-sync, after compinit:  eval "$(git dos-sync completion zsh)"',
    '_dos-sync() {',
    '  local curcontext=$curcontext state line',
    '  local -a verbs',
    `  verbs=(${grammar.map(({ name, description }) => quote(`${name}:${description}`)).join(' ')})`,
    '  if [[ $service == sync-check ]]; then words=(dos-sync check "${(@)words[2,-1]}"); (( CURRENT++ )); fi',
    "  _arguments -C '1: :->verb' '*:: :->rest'",
    '  case $state in',
    "    verb) _describe -t commands 'dos-sync command' verbs ;;",
    '    rest)',
    '      case $words[1] in',
    ...grammar.map((verb) => `        ${verb.name}) _arguments ${zshArguments(verb)} ;;`),
    '      esac ;;',
    '  esac',
    '}',
    ['_dos-sync_refs() { compadd -- ${(f)"$(', REFS, ')"}; }'].join(''),
    '_git-dos-sync() { _dos-sync "$@"; }',
    'if [[ ${funcstack[1]-} == _dos-sync ]]; then _dos-sync "$@"; else compdef _dos-sync dos-sync git-dos-sync sync-check; fi',
  ];
}

function zshAction(kind: ValueKind): string {
  if (kind === 'path') return '_files';
  if (kind === 'revision') return '_dos-sync_refs';
  return kind === 'text' ? ' ' : `(${kind.join(' ')})`;
}

function zshArguments({ options, argument }: VerbGrammar): string {
  const specs = options.flatMap((option) => {
    const description = option.description.replace(/[[\]:\\]/g, '\\$&');
    const value = option.value ? `:${option.value.name}:${zshAction(option.value.kind)}` : '';
    return namesOf(option).map((name) => quote(`${name}[${description}]${value}`));
  });
  const rest = argument === undefined ? [] : [quote(`*:argument:${zshAction(argument)}`)];
  return [...specs, ...rest].join(' ') || "'*: :'";
}

function formatFish(grammar: Grammar): string[] {
  return [
    '# fish completion for dos-sync:  git dos-sync completion fish | source',
    'function __dos_sync_words',
    '  set -l words (commandline -opc)',
    "  if string match -qr '(^|/)git$' -- $words[1]",
    '    set -l at (contains -i -- dos-sync $words); or return 1',
    '    set -e words[1..$at]',
    "  else if string match -qr '(^|/)sync-check$' -- $words[1]",
    '    set words[1] check',
    '  else',
    '    set -e words[1]',
    '  end',
    "  string match -rv -- '^-' $words",
    '  return 0',
    'end',
    'function __dos_sync_refs',
    `  ${REFS}`,
    'end',
    'function __dos_sync_no_verb',
    '  set -l words (__dos_sync_words); and test (count $words) -eq 0',
    'end',
    'function __dos_sync_verb',
    '  set -l words (__dos_sync_words); and test (count $words) -gt 0; and test $words[1] = $argv[1]',
    'end',
    'for program in dos-sync git-dos-sync sync-check git',
    ...grammar.flatMap(fishVerb).map((line) => `  ${line}`),
    'end',
  ];
}

function fishWords(kind: ValueKind): string {
  if (kind === 'path') return '-F';
  if (kind === 'revision')
    return `-f -a ${quote("(git for-each-ref --format='%(refname:short)' 2>/dev/null)".replace(/'/g, '"'))}`;
  return kind === 'text' ? '-f' : `-f -a ${quote(kind.join(' '))}`;
}

function fishVerb({ name, description, options, argument }: VerbGrammar): string[] {
  const here = `-n ${quote(`__dos_sync_verb ${name}`)}`;
  return [
    `complete -c $program -n '__dos_sync_no_verb' -f -a ${name} -d ${fishQuote(description)}`,
    ...options.map((option) => {
      const names = [option.short && `-s ${option.short.slice(1)}`, option.long && `-l ${option.long.slice(2)}`];
      const value = option.value ? `-r ${fishWords(option.value.kind)}` : '';
      return ['complete -c $program', here, ...names, value, `-d ${fishQuote(option.description)}`]
        .filter(Boolean)
        .join(' ');
    }),
    `complete -c $program ${here} ${argument === undefined ? '-f' : fishWords(argument)}`,
  ];
}

function fishQuote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
