import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findPathProblem, isUnwritable } from '../../../src/manifest/path-rules.js';

const test = suite('the rules for paths, the same on every system');

const REFUSED: readonly (readonly [path: string, words: RegExp])[] = [
  ['../x', /\.\. in a path/],
  ['a/../../x', /\.\. in a path/],
  ['/x', /an absolute path/],
  ['C:\\x', /a backslash/],
  ['C:/x', /a drive letter/],
  ['c:x', /a drive letter/],
  ['a\\..\\..\\x', /a backslash/],
  ['a\u0000b', /a control character/],
  ['a\nb', /a control character/],
  ['a\u009bb', /a control character/],
  ['a\ud800b', /half a character/],
  ['a\udc00', /half a character/],
  ['', /an empty path/],
  ['a//b', /nothing between/],
  ['a/./b', /\. or nothing/],
  ['~', /no path/],
  ['.git/hooks/x', /git's own directory/],
  ['.GIT/hooks/x', /git's own directory/],
  ['a/.Git', /git's own directory/],
  ['git~1/x', /git's own directory/],
  ['GIT~1/x', /git's own directory/],
  ['.git./x', /git's own directory/],
  ['.git /x', /git's own directory/],
  ['.git . ./x', /git's own directory/],
  ['.git::$INDEX_ALLOCATION/x', /git's own directory/],
  ['.git:x/y', /git's own directory/],
  ['git~1. /x', /git's own directory/],
  ['.g\u200cit/config', /git's own directory/],
  ['.gi\u200dt/config', /git's own directory/],
  ['\ufeff.git/config', /git's own directory/],
  ['.git\u202e/config', /git's own directory/],
  ['.g\u206fit/x', /git's own directory/],
  ['~/.git/x', /git's own directory|~\/ in exclude/],
];

for (const [path, words] of REFUSED) {
  test(`${JSON.stringify(path)} is refused wherever a path is declared`, () => {
    for (const use of ['side', 'alias', 'glob', 'exclude'] as const) {
      assert.match(findPathProblem(path, use)?.message ?? 'nothing', words, use);
    }
  });
}

// Unusual or ambiguous on Windows: at most a warning, because a repository with such names must be
// able to pair them.
const ACCEPTED = [
  '.github/x',
  '.gitignore',
  'git~2/x',
  'a.git',
  '.gitx',
  'CON',
  'aux.txt',
  'a.',
  'a ',
  'ab:c',
  '..x',
  'é',
  'e\u0301',
  '-x',
  ':(top)x',
];

for (const path of ACCEPTED) {
  test(`${JSON.stringify(path)} is a path like any other`, () => {
    assert.is(findPathProblem(path, 'side'), undefined);
    assert.not(isUnwritable(path));
  });
}

test('a name from a tree is not written where some system takes it for git', () => {
  for (const path of ['a/git~1/x', 'a/.git./x', '.g\u200cit', 'a/../b']) assert.ok(isUnwritable(path), path);
});

test.run();
