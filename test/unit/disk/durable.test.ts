import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { replaceDurably } from '../../../src/disk/durable.js';

const test = suite<{ place: string }>('durable writes');

test.before.each((context) => {
  context.place = mkdtempSync(join(tmpdir(), 'durable-'));
});
test.after.each(({ place }) => rmSync(place, { recursive: true }));

test('a file is replaced as a whole', ({ place }) => {
  const path = join(place, 'file');
  for (const text of ['one', 'two']) replaceDurably(path, text, 0o600);
  assert.is(readFileSync(path, 'utf8'), 'two');
  assert.equal(readdirSync(place), ['file']);
});

test('a write that fails leaves no temporary file', ({ place }) => {
  const path = join(place, 'directory');
  mkdirSync(path);
  assert.throws(() => replaceDurably(path, 'text', 0o600, `${path}.123`));
  assert.equal(readdirSync(place), ['directory']);
});

test.run();
