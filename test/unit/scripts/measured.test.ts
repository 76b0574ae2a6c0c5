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
