import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildPage } from '../../../scripts/measured.js';

const test = suite('docs/reliability.md');

test('holds what was measured and nothing else', () => {
  assert.not.match(buildPage({}), /## /);
  const page = buildPage({ fuzz: { date: '2026-01-02', on: 'git', seed: 7, properties: { 'a name': 12 } } });
  assert.match(page, '| a name | 12 |');
  assert.not.match(page, /## (?:Faults|Races)/);
});

test('a row for each command and signal', () => {
  const counts = { tried: 20, asItWas: 12, done: 8, recovered: 0, locked: 1, lost: 0, problems: 0 };
  const rows = [{ command: 'undo', kind: 'SIGKILL to a git', ...counts }];
  const page = buildPage({ signals: { seed: 7, rows, gits: 96, struckGits: 90, missed: 2 } });
  assert.match(page, '| undo | SIGKILL to a git | 20 | 12 | 8 | 0 | 1 | 0 | 0 |');
  assert.match(page, '| of these struck | 90 |');
});

test('says how many processes raced, and in which kinds of rounds', () => {
  const races = { rounds: 9, writers: 7, kinds: { worktrees: { rounds: 4, fixes: 11, problems: 0 } } };
  const page = buildPage({ races });
  assert.match(page, /, 7 processes stage, commit and fix/);
  assert.match(page, '| two linked worktrees | 4 | 11 | 0 |');
});

test('is what its numbers make of it', () => {
  const numbers = JSON.parse(readFileSync('docs/reliability.json', 'utf8'));
  assert.is(readFileSync('docs/reliability.md', 'utf8'), buildPage(numbers));
});

test.run();
