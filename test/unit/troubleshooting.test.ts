// docs/troubleshooting.md quotes sentences: each of them is one that dos-sync prints.

import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sayBlocked } from '../../src/messages/hook.js';

const test = suite('docs/troubleshooting.md');

const PAGE = readFileSync('docs/troubleshooting.md', 'utf8');
const SENTENCES = globSync(['src/messages/*.ts', 'src/format/fault.ts', 'templates/*.sh'])
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
  .concat(sayBlocked(1, 'commit'))
  .replaceAll('the %s was', 'the commit was');

const QUOTED = [...PAGE.matchAll(/^\| `([^`]+)`/gm)].map(([, words = '']) => words);

for (const words of QUOTED) {
  test(words, () => {
    for (const part of words.split('…')) assert.ok(SENTENCES.includes(part.trim()), part);
  });
}

test('the page quotes sentences', () => {
  assert.ok(QUOTED.length > 6);
});

test.run();
