// The commands that signals interrupt: how each state is made, and the command that then writes.

import type { Scenario } from '../faults/scenarios.js';
import type { Repo } from '../support/repo.js';

/** live/ and release/, equal and committed; then edited, with a new file in a new directory. */
function edited(repo: Repo): Repo {
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] }).write('other', 'not ours\n');
  for (const name of ['one', 'two', 'three']) {
    repo.write(`live/${name}`, `${name}\n`).write(`release/${name}`, `${name}\n`);
  }
  repo.settle();
  return repo.write('live/one', 'edited\n').write('live/deep/down/new', 'new\n').write('other', 'edited\n');
}

function staged(repo: Repo): Repo {
  edited(repo).git('add', 'live');
  repo.write('other', 'only staged\n').git('add', 'other');
  return repo.write('other', 'edited again\n');
}

/** Both sides edited in different lines. */
function diverged(repo: Repo): Repo {
  for (const side of ['live', 'release']) repo.write(`${side}/one`, '1\n2\n3\n4\n5\n');
  repo
    .manifest({ pairs: [{ a: 'live', b: 'release' }] })
    .write('other', 'not ours\n')
    .settle();
  return repo.write('live/one', 'first\n2\n3\n4\n5\n').write('release/one', '1\n2\n3\n4\nlast\n');
}

/** By the name that is shown. */
export const COMMANDS: readonly Scenario[] = [
  { name: 'fix', prepare: edited, command: ['fix'] },
  { name: 'fix --staged', prepare: staged, command: ['fix', '--staged'] },
  { name: 'undo', prepare: (repo) => void staged(repo).dosSync('fix', '--staged'), command: ['undo'] },
  { name: 'fix --merge', prepare: diverged, command: ['fix', '--merge'] },
];
