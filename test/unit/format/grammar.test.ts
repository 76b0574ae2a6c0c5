// What is formatted from the grammar of the command line: completions and the manual page.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatCompletion, type Shell } from '../../../src/format/completion.js';
import type { Grammar } from '../../../src/format/grammar.js';
import { formatMan } from '../../../src/format/man.js';

const test = suite('completions and the manual page');

const SIDE = { long: '--from', short: '-f', value: { name: 'side', kind: ['a', 'b'] }, description: "the 'side'" };
const BASE = { long: '--base', short: undefined, value: { name: 'rev', kind: 'revision' }, description: 'since [x]' };
const GRAMMAR = [
  { name: 'fix', usage: '[paths...]', description: "it's a\\b", argument: 'path', options: [SIDE, BASE] },
  { name: 'why', usage: '<path>', description: 'why', argument: 'paired', options: [] },
  { name: 'ls', usage: '', description: '.list', argument: undefined, options: [] },
] as Grammar;

const LINES: readonly (readonly [shell: Shell, what: string, line: string])[] = [
  ['bash', 'verbs', `    '') COMPREPLY=($(compgen -W 'fix why ls' -- "$cur")) ;;`],
  ['bash', 'values', `    fix:-f | fix:--from) COMPREPLY=($(compgen -W 'a b' -- "$cur")); return ;;`],
  ['bash', 'revisions without an expansion', '    fix:--base) _dos_sync_refs "$cur"; return ;;'],
  ['bash', 'options', `        -*) COMPREPLY=($(compgen -W '-f --from --base' -- "$cur")) ;;`],
  ['bash', 'paths of pairs', '        *) _dos_sync_paired "$cur" ;;'],
  ['zsh', 'verbs with a quote', `  verbs=('fix:it'\\''s a\\b' 'why:why' 'ls:.list')`],
  ['zsh', 'paths of pairs', `        why) _arguments '*:argument:_dos-sync_paired' ;;`],
  [
    'zsh',
    'options with quotes and brackets',
    `        fix) _arguments '-f[the '\\''side'\\'']:side:(a b)' '--from[the '\\''side'\\'']:side:(a b)' '--base[since \\[x\\]]:rev:_dos-sync_refs' '*:argument:_files' ;;`,
  ],
  ['zsh', 'a verb without arguments', `        ls) _arguments '*: :' ;;`],
  ['fish', 'verbs with a quote', `  complete -c $program -n '__dos_sync_no_verb' -f -a fix -d 'it\\'s a\\\\b'`],
  ['fish', 'values', `  complete -c $program -n '__dos_sync_verb fix' -s f -l from -r -f -a 'a b' -d 'the \\'side\\''`],
  ['fish', 'paths of pairs', `  complete -c $program -n '__dos_sync_verb why' -f -a '(__dos_sync_paired)'`],
  ['fish', 'a verb without arguments', `  complete -c $program -n '__dos_sync_verb ls' -f`],
];

for (const [shell, what, line] of LINES) {
  test(`${shell} completes ${what}`, () => assert.ok(formatCompletion(shell, GRAMMAR).includes(line), line));
}

test('the manual page escapes hyphens, backslashes and a dot at the start of a line', () => {
  const lines = formatMan(GRAMMAR, '1.2-x', '2026-01-31');
  const start = lines.indexOf('.SH COMMANDS');
  assert.is(lines[0], '.TH GIT\\-DOS\\-SYNC 1 "2026-01-31" "dos\\-sync 1.2\\-x" "Git Manual"');
  assert.equal(lines.slice(start, lines.indexOf('.SH EXIT STATUS')), [
    ...['.SH COMMANDS', '.SS fix [paths...]', "it's a\\eb"],
    ...['.TP', '\\fB\\-f, \\-\\-from <side> (a, b)\\fR', "the 'side'"],
    ...['.TP', '\\fB\\-\\-base <rev>\\fR', 'since [x]'],
    ...['.SS why <path>', 'why'],
    ...['.SS ls', '\\&.list'],
  ]);
});

test.run();
