// Who may write what: a list of the sources, so that no second writing path is added unnoticed.

import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('one writing path');

const WRITING =
  /\b(?:writeFileSync|appendFileSync|renameSync|renameOver|unlinkSync|rmSync|rmdirSync|mkdirSync|mkdtempSync|copyFileSync|cpSync|symlinkSync|linkSync|(?:f|l)?chmodSync|truncateSync|ftruncateSync|writevSync|createWriteStream|utimesSync|O_WRONLY|O_RDWR|O_CREAT)\b|'wx'|\{[^}]*\b(?:writeFile|appendFile|rename|unlink|rm|rmdir|mkdir|cp|copyFile|symlink|link|chmod|truncate)\b[^}]*\} from 'node:fs\/promises'/;

/**
 * Outside src/fix/, with what each of them writes. Only install's are files of the work tree, and
 * none is an index.
 */
const WRITERS: Readonly<Record<string, string>> = {
  'src/install/disk.ts':
    "hooks, and husky's files and package.json: planned from what was read, replaced only if it is the same still",
  'hooks/cache.ts': 'the guard, in the git directory',
  'src/disk/durable.ts': 'what src/fix/ hands over, so that it outlasts a power cut',
  'src/disk/rename.ts': 'what its callers in this list hand over',
  'src/snapshot/consent.ts': "consents, in the user's own configuration directory",
  'src/disk/temporary.ts': 'private temporary directories',
  'src/ask/terminal.ts': 'the terminal',
  'src/git/merge-file.ts': 'private temporary files for git merge-file',
  'src/git/merge-tool.ts': 'private temporary files for the merge tool, and its terminal',
  'src/git/held-blobs.ts': "git's .keep of a pack, and a pack at a name that src/fix/ hands over",
  'src/git/write.ts': 'into an open file that src/fix/ hands over',
  'src/commands/side-copies.ts': 'private temporary copies for git diff',
};

/** Functions of git/write.ts that change an index, and their allowed callers. */
const STAGING: Readonly<Record<string, readonly string[]>> = {
  stageEntries: [],
  stageSkipWorktree: [],
  stageIntent: [],
  // Files that lint-staged is about to stage itself, and reverts if a task fails.
  stageFiles: ['hooks/after-lint-staged.ts'],
  writeCheckedOut: [],
  writeBlobInto: [],
};

/**
 * git's commands that change an index or a work tree; only src/git/ starts git, as check:layers
 * ensures.
 */
const VERBS =
  /\[(?:[^\]]*?, )?'(?:update-index|read-tree|checkout|checkout-index|reset|restore|stash|add|rm|mv|commit|apply|switch|clean|sparse-checkout)'/;

function sources(): readonly { readonly file: string; readonly text: string }[] {
  const files = ['src', 'hooks'].flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => `${directory}/${name}`),
  );
  return files.filter((file) => file.endsWith('.ts')).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

const elsewhere = () => sources().filter(({ file }) => !file.startsWith('src/fix/'));

test('files are written in src/fix/, and otherwise only by the listed sources, with what they write', () => {
  const writers = elsewhere().filter(({ text }) => WRITING.test(text));
  assert.equal(writers.map(({ file }) => file).sort(), Object.keys(WRITERS).sort());
});

test('an index is changed only through git/write.ts, and only src/fix/ calls that', () => {
  for (const [name, allowed] of Object.entries(STAGING)) {
    const callers = elsewhere().filter(
      ({ file, text }) => file !== 'src/git/write.ts' && new RegExp(`\\b${name}\\b`).test(text),
    );
    assert.equal(
      callers.map(({ file }) => file),
      allowed,
      name,
    );
  }
  const askers = sources().filter(
    ({ file, text }) => file.startsWith('src/git/') && VERBS.test(text.replace(/\s+/g, ' ')),
  );
  assert.equal(
    askers.map(({ file }) => file),
    ['src/git/write.ts'],
  );
});

test('the lists match the sources', () => {
  assert.match('import { lstatSync, writeFileSync } from', WRITING);
  assert.match("runGit(git, ['-c', 'x', 'checkout', '--'])", VERBS);
  assert.match("runGit(git, ['reset'])", VERBS);
});

test.run();
