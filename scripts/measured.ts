// Records the results of the long runs, and writes docs/reliability.md only from them.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { basename } from 'node:path';
import { execaSync } from 'execa';

const NUMBERS = 'docs/reliability.json';
const PAGE = 'docs/reliability.md';

type Kind = 'faults' | 'fuzz' | 'races' | 'signals' | 'large' | 'states' | 'trials';
type Numbers = Readonly<Record<string, unknown>>;

/** One test file of what is put to the test. */
export interface Trial {
  readonly subject: string;
  readonly file: string;
  readonly tried: number;
  readonly held: number;
}

/** Replaces the numbers of one kind of run, and writes the page again. */
export function recordMeasured(kind: Kind, numbers: Numbers): void {
  const all = existsSync(NUMBERS) ? (JSON.parse(readFileSync(NUMBERS, 'utf8')) as Record<string, Numbers>) : {};
  all[kind] = { date: new Date().toISOString().slice(0, 10), on: describeMachine(), ...numbers };
  writeFileSync(NUMBERS, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(PAGE, buildPage(all));
}

/** The versions that a measurement depends on. */
export function describeMachine(): string {
  const git = execaSync('git', ['--version']).stdout;
  return `${git}, Node ${process.versions.node}, Linux ${release().split('-')[0]}`;
}

/** Pure. The page, without runs that were not made. */
export function buildPage(all: Readonly<Record<string, Numbers>>): string {
  const sections = [
    formatFaults(all['faults']),
    formatFuzz(all['fuzz']),
    formatRaces(all['races']),
    formatSignals(all['signals']),
    formatLarge(all['large']),
    formatStates(all['states']),
    formatTrials(all['trials']),
  ];
  return `# Reliability, as measured

This page is written by the runs themselves (\`--record\`); what was not measured is not in it.
${sections.join('')}`;
}

function formatFaults(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  const tried = numbers['tried'] as Record<string, number>;
  const rows = Object.entries(tried).map(([fault, count]) => `| ${fault} | ${count} |`);
  return `
## Faults

\`npm run lab -- faults\`, ${numbers['date']}, ${numbers['on']}, seed ${numbers['seed']}. A fault is put at a system call that changes something, of
dos-sync or of a git that it starts. What that leaves is then told from everything that other faults have left; with each thing left, every byte
of the working tree and the index is looked for, \`check\` has to tell of a journal, the same command is run again, and then undone, and
\`git fsck\` runs.

| fault | tried |
| --- | --- |
${rows.join('\n')}

| | |
| --- | --- |
| scenarios | ${numbers['scenarios']} |
| system calls at which a fault can strike | ${numbers['points']} |
| faults whose call did not come up again (not counted above) | ${numbers['missed']} |
${row('different states that the faults left', numbers['states'])}| files or index entries lost | ${numbers['lost']} |
| interrupted fixes that one command put back | ${numbers['recovered']} |
${row('renames, each in an order of system calls that a power cut cannot harm', numbers['renames'])}| other problems | ${numbers['problems']} |
| files opened for writing, of all processes | ${numbers['opened']} |
| of these private temporary files for git merge-file | ${numbers['temporary']} |
| of these outside the repository, or canary changed | ${numbers['outside']} |
`;
}

/** Empty without a measurement. */
function row(what: string, measured: unknown): string {
  return measured === undefined ? '' : `| ${what} | ${measured} |\n`;
}

function formatFuzz(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  const properties = numbers['properties'] as Record<string, number>;
  const rows = Object.entries(properties).map(([name, runs]) => `| ${name} | ${runs} |`);
  return `
## Fuzz

\`npm run lab -- fuzz\`, ${numbers['date']}, ${numbers['on']}, seed ${numbers['seed']}. Runs without a counterexample, by property:

| property | runs |
| --- | --- |
${rows.join('\n')}
`;
}

function formatRaces(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  return `
## Races

\`npm run lab -- races\`, ${numbers['date']}, ${numbers['on']}. In one working tree, ${numbers['writers']} processes stage, commit and fix at the
same time.${formatKinds(numbers)}

| | |
| --- | --- |
| rounds | ${numbers['rounds']} |
| commits made | ${numbers['commits']} |
| times that a hook said that a commit would leave pairs out of sync | ${numbers['blocked']} |
| fixes that went through | ${numbers['fixes']} |
| commits with a pair out of sync, let through by the hook and by the push | ${numbers['mismatches']} |
| commits in which another process staged something behind the hook's back | ${numbers['caughtAtPush']} |
| fixes that said 0 with the pair out of sync | ${numbers['falseFixes']} |
| other problems (bytes lost, locks or journals left, \`git fsck\`) | ${numbers['problems']} |
`;
}

const KINDS_OF_RACES: Readonly<Record<string, string>> = {
  writers: 'the processes in one working tree',
  worktrees: 'two linked worktrees',
  maintenance: 'beside `git gc` and `git maintenance`',
};

/** Empty for rounds of one kind. */
function formatKinds(numbers: Numbers): string {
  const kinds = numbers['kinds'] as Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  if (kinds === undefined) return '';
  const rows = Object.entries(kinds).map(
    ([kind, { rounds, fixes, problems }]) => `| ${KINDS_OF_RACES[kind] ?? kind} | ${rounds} | ${fixes} | ${problems} |`,
  );
  return ` In other rounds, two
linked worktrees of one repository fix, check, undo and commit, each as it would alone; or a fix and its undo run while \`git gc --prune=now\` and
\`git maintenance\` drop and repack objects, with a file system monitor and the untracked cache, and every byte of the index and the working tree is compared.

| rounds | made | fixes | problems |
| --- | --- | --- | --- |
${rows.join('\n')}`;
}

function formatSignals(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  const rows = (numbers['rows'] as readonly Numbers[]).map(
    (each) => `| ${SIGNAL_COLUMNS.map(([key]) => each[key]).join(' | ')} |`,
  );
  return `
## Signals

\`npm run lab -- signals\`, ${numbers['date']}, ${numbers['on']}, seed ${numbers['seed']}. A signal strikes a command before, during and after the gits
that it starts, at its own system calls, and at random times; or a git of it is killed. Then every byte of the working tree and the index is looked
for, the exit code has to say what happened, nothing temporary may be left, the same command is run again, and \`git fsck\` runs.

| ${SIGNAL_COLUMNS.map(([, title]) => title).join(' | ')} |
|${' --- |'.repeat(SIGNAL_COLUMNS.length)}
${rows.join('\n')}

| | |
| --- | --- |
| gits that the commands start | ${numbers['gits']} |
| of these struck | ${numbers['struckGits']} |
| signals that came after the command's end (not counted above) | ${numbers['missed']} |

A lock that is left is git's \`index.lock\`: a git that is killed, or gets a signal just when it creates the lock, does not remove it, and no other
process may.
`;
}

const SIGNAL_COLUMNS = [
  ['command', 'command'],
  ['kind', 'signal'],
  ['tried', 'tried'],
  ['asItWas', 'as it was'],
  ['done', 'done'],
  ['recovered', 'put back by one command'],
  ['locked', 'left a lock'],
  ['lost', 'lost'],
  ['problems', 'other problems'],
] as const;

function formatLarge(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  return `
## A large file

\`npm run lab -- large\`, ${numbers['date']}, ${numbers['on']}. One file of ${numbers['mib']} MiB is copied by a fix, and the fix undone. The most memory that
dos-sync took: ${numbers['own']} MB; that a git took that it had started: ${numbers['gits']} MB.
`;
}

function formatStates(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  return `
## Random blocked states

\`npm run lab -- states\`, ${numbers['date']}, ${numbers['on']}, from seed ${numbers['seed']}. Each edit of a random history is a token.
Every command that a blocked commit prints is typed in a copy of the very state, and the first one that writes is followed until
the commit goes through.

| | |
| --- | --- |
| states | ${numbers['states']} |
| of these blocked | ${numbers['blocked']} |
| commands typed | ${numbers['typed']} |
| blocked states that led to a commit | ${numbers['committed']} |
| states with a command that was refused, or that lost an edit without saying so | ${numbers['faulty']} |
`;
}

function formatTrials(numbers: Numbers | undefined): string {
  if (!numbers) return '';
  const rows = (numbers['trials'] as readonly Trial[]).map(
    ({ subject, file, tried, held }) => `| ${subject} | [${basename(file)}](../${file}) | ${tried} | ${held} |`,
  );
  return `
## Tried and held

\`npm run lab -- trials\`, ${numbers['date']}, ${numbers['on']}. Each case is a real repository, and most cases try several commands in it.

| subject | test | cases tried | held |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
