import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { holderOf, releaseLock, takeLock } from '../../src/fix/lock.js';

const test = suite("the store's lock");
let place: string;
let path: string;

test.before.each(() => {
  place = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(place, 'lock');
});
test.after.each(() => rmSync(place, { recursive: true }));

/** Writes the lock of a holder with some fields changed. */
function leave(change: object): void {
  const lock = takeLock(path);
  const text = readFileSync(path, 'utf8');
  releaseLock(lock);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(text), ...change }));
}

function ended(): number {
  return spawnSync('true').pid;
}

test('is taken, reported, and released without a trace', () => {
  const lock = takeLock(path);
  assert.is(holderOf(path), process.pid);
  releaseLock(lock);
  assert.is(holderOf(path), undefined);
  assert.equal(readdirSync(place), []);
});

test('is not taken while its holder lives', () => {
  const lock = takeLock(path);
  assert.throws(() => takeLock(path), /is writing here/);
  releaseLock(lock);
});

for (const [what, change] of [
  ['has ended', () => ({ pid: ended() })],
  ['has the number of a process that began later', () => ({ start: '1' })],
  ['was of an earlier boot', () => ({ boot: 'another' })],
] as const) {
  test(`is inherited where its holder ${what}, also twice`, () => {
    leave({ ...change(), claim: 'first' });
    writeFileSync(`${path}.after-first`, JSON.stringify({ pid: ended(), start: '1', boot: '', claim: 'second' }));
    assert.is(holderOf(path), undefined);
    const lock = takeLock(path);
    assert.is(holderOf(path), process.pid);
    assert.throws(() => takeLock(path), /is writing here/);
    releaseLock(lock);
    assert.equal(readdirSync(place), []);
  });
}

const DAMAGED: readonly [what: string, text: string][] = [
  ['empty', ''],
  ['cut short', '{"pid": 1, "start": "1'],
  ['garbage', '\0\0'],
  ['not an object', 'null'],
  ['of no process', '{"pid": -1, "start": "1", "boot": "", "claim": "x"}'],
  ['of a claim that leads out', '{"pid": 1, "start": "1", "boot": "", "claim": "../x"}'],
];

for (const [what, text] of DAMAGED) {
  test(`is refused by name where it is ${what}, and inherited where an earlier boot left it so`, () => {
    writeFileSync(path, text);
    assert.throws(() => takeLock(path), new RegExp(`${path} is damaged`));
    assert.equal(readdirSync(place), ['lock']);
    utimesSync(path, 1, 1);
    const lock = takeLock(path);
    assert.is(holderOf(path), process.pid);
    releaseLock(lock);
    assert.equal(readdirSync(place), []);
  });
}

test('is refused by name where it is a directory', () => {
  mkdirSync(path);
  assert.throws(() => takeLock(path), new RegExp(`${path} is damaged`));
  assert.equal(readdirSync(place), ['lock']);
});

test('has one holder at a time, with a dead one in the way and several processes that want it', async () => {
  leave({ pid: ended(), claim: 'dead' });
  const script = join(place, 'take.mts');
  const log = join(place, 'log');
  writeFileSync(log, '');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';
import { takeLock, releaseLock } from ${JSON.stringify(join(process.cwd(), 'src/fix/lock.ts'))};
for (let round = 0; round < 20; ) {
  try {
    const lock = takeLock(${JSON.stringify(path)});
    appendFileSync(${JSON.stringify(log)}, 'in ' + process.pid + '\\n');
    appendFileSync(${JSON.stringify(log)}, 'out ' + process.pid + '\\n');
    releaseLock(lock);
    round += 1;
  } catch (error) {
    if ((error as { kind?: string }).kind !== 'busy') throw error;
  }
}
`,
  );
  const runs = [1, 2, 3].map(
    () =>
      new Promise<number>((resolve) => {
        const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' });
        child.on('close', (code) => resolve(code ?? -1));
      }),
  );
  assert.equal(await Promise.all(runs), [0, 0, 0]);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  assert.is(lines.length, 120);
  for (let at = 0; at < lines.length; at += 2) {
    assert.is(lines[at]?.replace('in', 'out'), lines[at + 1]);
  }
});

test.run();
