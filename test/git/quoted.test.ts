// git's output without -z, as sh can hold it, parses to the same result.

import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseQuotedRawDiff, parseRawDiff } from '../../src/git/records.js';
import { Repo } from '../support/repo.js';

const test = suite('a raw diff with quoted names');

test('every byte in a name, each status', () => {
  const repo = new Repo();
  const run = (args: string[], input: Buffer | string = '') => spawnSync('git', args, { cwd: repo.top, input }).stdout;
  const blob = run(['hash-object', '-w', '--stdin'], 'x').toString().trim();
  const bytes = Array.from({ length: 255 }, (_, at) => at + 1).filter((byte) => byte !== 0x2f);
  const names = bytes.flatMap((byte) => [Buffer.from([byte, 0x61]), Buffer.from([0x61, byte])]);
  const line = (mode: string, name: Buffer | string) =>
    Buffer.concat([Buffer.from(`${mode} ${blob}\t`), Buffer.from(name), Buffer.from('\0')]);
  const stage = (lines: Buffer[]) => run(['update-index', '-z', '--index-info'], Buffer.concat(lines));
  stage([line('100644', 'gone'), line('100644', 'link'), line('100644', 'exec')]);
  const tree = run(['write-tree']).toString().trim();
  stage([
    line('0', 'gone'),
    line('120000', 'link'),
    line('100755', 'exec'),
    ...names.map((name) => line('100644', name)),
  ]);
  const flags = ['diff-index', '--cached', '--raw', '--no-abbrev', '--no-renames'];
  const exact = parseRawDiff(run([...flags, '-z', tree]));
  assert.is(exact.length, names.length - 1 + 3);
  assert.equal(parseQuotedRawDiff(run(['-c', 'core.quotePath=true', ...flags, tree]).toString('latin1')), exact);
  assert.throws(() => parseQuotedRawDiff(':100644 nonsense\n'), /where a raw diff belongs/);
  repo.remove();
});

test.run();
