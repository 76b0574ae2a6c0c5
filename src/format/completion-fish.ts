// The completion for fish: https://fishshell.com/docs/current/completions.html

import { quote, REFS } from './completion-parts.js';
import type { Grammar, ValueKind, VerbGrammar } from './grammar.js';

export function formatFish(grammar: Grammar): string[] {
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
    'function __dos_sync_paired',
    '  set -l word (commandline -ct | string unescape)',
    '  type -q dos-sync; and dos-sync complete-path -- $word 2>/dev/null; and return',
    '  git dos-sync complete-path -- $word 2>/dev/null; or __fish_complete_path $word',
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
  if (kind === 'paired') return `-f -a ${quote('(__dos_sync_paired)')}`;
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
