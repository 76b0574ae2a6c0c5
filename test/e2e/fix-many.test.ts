// Fixes of many files: few git processes for any number, and each file as a checkout would write
// it.

import { readFileSync, rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('fixes of many files');
const FILES = 120;
/**
 * Files whose bytes on disk differ from the blob, whose names contain line breaks, or look like
 * git's output.
 */
const ODD = {
  'e.txt': '',
  'new\nline.txt': '1\n2\n',
  'é "q".txt': 'x missing\n',
  end: `${'0'.repeat(40)} missing\n`,
  'last.txt': 'no end',
};
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.git('config', 'filter.wide.clean', "sed 's/ wide$//'");
  repo.git('config', 'filter.wide.smudge', "sed 's/$/ wide/'");
  repo.write('.gitattributes', '*.txt text eol=crlf\nf1* filter=wide\n');
  for (const side of ['live', 'release']) {
    for (let at = 0; at < FILES; at += 1) repo.write(`${side}/f${at}`, 'old\n');
    for (const name of Object.keys(ODD)) repo.write(`${side}/${name}`, 'old\n');
  }
  repo.settle();
  for (let at = 0; at < FILES; at += 1) repo.write(`live/f${at}`, `${at}\n`);
  for (const [name, content] of Object.entries(ODD)) repo.write(`live/${name}`, content);
});
test.after.each(() => repo.remove());

function processesOf(...args: string[]): number {
  const trace = repo.path('.git/trace');
  rmSync(trace, { force: true });
  repo.env['GIT_TRACE'] = trace;
  const { code, stderr } = repo.dosSync(...args);
  delete repo.env['GIT_TRACE'];
  assert.is(code, 0, stderr);
  return readFileSync(trace, 'utf8').match(/trace: built-in: git /g)?.length ?? 0;
}

function isCopied(): void {
  for (let at = 0; at < FILES; at += 1) {
    assert.is(repo.read(`release/f${at}`), String(at).startsWith('1') ? `${at} wide\n` : `${at}\n`);
  }
  for (const [name, content] of Object.entries(ODD)) {
    const onDisk = name.endsWith('.txt') ? content.replaceAll('\n', '\r\n') : content;
    assert.is(repo.read(`release/${name}`), onDisk, name);
  }
  assert.match(repo.dosSync('check').stdout, `in sync: ${FILES + Object.keys(ODD).length} identical`);
}

test('in the working tree, and undone', () => {
  const before = repo.state();
  assert.ok(processesOf('fix') < 40);
  isCopied();
  assert.ok(processesOf('undo') < 40);
  assert.is(repo.state(), before);
});

test('in the index, and undone', () => {
  repo.git('add', 'live');
  const before = repo.state();
  assert.ok(processesOf('fix', '--staged') < 60);
  isCopied();
  assert.is(repo.git('diff', '--stat'), '');
  assert.ok(processesOf('undo') < 60);
  assert.is(repo.state(), before);
});

test.run();
