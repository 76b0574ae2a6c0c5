// Shell completions, formatted from the grammar: for dos-sync, sync-check, and git dos-sync.

import { formatFish } from './completion-fish.js';
import { PAIRED, quote, REFS } from './completion-parts.js';
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

function formatBash(grammar: Grammar): string[] {
  return [
    '# bash completion for dos-sync:  eval "$(git dos-sync completion bash)"',
    '_dos_sync_files() {',
    '  local each',
    '  compopt -o filenames 2>/dev/null',
    '  while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -f -- "$1")',
    '}',
    '_dos_sync_paired() {',
    '  local each found',
    `  found=$(${PAIRED('"$1"')}) || { _dos_sync_files "$1"; return; }`,
    '  compopt -o filenames 2>/dev/null',
    '  while IFS= read -r each; do',
    // Readline adds the slash to a directory that exists.
    '    if [[ -d $each ]]; then each=${each%/}; elif [[ $each == */ ]]; then compopt -o nospace 2>/dev/null; fi',
    '    [[ $each ]] && COMPREPLY+=("$each")',
    '  done <<< "$found"',
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

function bashWords(kind: ValueKind): string {
  if (kind === 'path') return '_dos_sync_files "$cur"';
  if (kind === 'paired') return '_dos_sync_paired "$cur"';
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
    '_dos-sync_paired() {',
    '  local found word=${(Q)PREFIX}',
    '  local -a names',
    `  found=$(${PAIRED('$word')}) || { _files; return }`,
    '  names=(${(f)found})',
    "  compadd -f -S '' -- ${(M)names:#*/}",
    '  compadd -f -- ${names:#*/}',
    '}',
    ['_dos-sync_refs() { compadd -- ${(f)"$(', REFS, ')"}; }'].join(''),
    '_git-dos-sync() { _dos-sync "$@"; }',
    'if [[ ${funcstack[1]-} == _dos-sync ]]; then _dos-sync "$@"; else compdef _dos-sync dos-sync git-dos-sync sync-check; fi',
  ];
}

function zshAction(kind: ValueKind): string {
  if (kind === 'path') return '_files';
  if (kind === 'paired') return '_dos-sync_paired';
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
