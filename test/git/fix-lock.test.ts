import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readProcess } from '../../src/disk/process-state.js';
import { holderOf, releaseLock, takeLock } from '../../src/fix/lock.js';
import { Fault } from '../../src/messages/fault.js';

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
  assert.is(holderOf(path)?.held.pid, process.pid);
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
  ['has the number of another program', () => ({ pid: process.ppid, start: '1' })],
  ['has the number of the first process', () => ({ pid: 1, start: 'another' })],
  ['has ended, and did not know when it had begun', () => ({ pid: ended(), start: '', boot: '' })],
  ['was of an earlier boot', () => ({ boot: 'another' })],
  ['was of an earlier boot, by an earlier version', () => ({ boot: 'another', host: undefined, space: undefined })],
] as const) {
  test(`is inherited where its holder ${what}, also twice`, () => {
    leave({ ...change(), claim: 'first' });
    writeFileSync(`${path}.after-first`, JSON.stringify({ pid: ended(), start: '1', boot: '', claim: 'second' }));
    assert.is(holderOf(path), undefined);
    const lock = takeLock(path);
    assert.is(holderOf(path)?.held.pid, process.pid);
    assert.throws(() => takeLock(path), /is writing here/);
    releaseLock(lock);
    assert.equal(readdirSync(place), []);
  });
}

test("is not taken while its holder is another living process, also another user's", () => {
  for (const pid of [1, process.ppid]) {
    leave({ pid, start: readProcess(pid)?.start });
    assert.throws(() => takeLock(path), new RegExp(`process ${pid}\\) is writing here`));
    assert.equal(readdirSync(place), ['lock']);
    rmSync(path);
  }
});

for (const [what, change, said] of [
  ['runs and does not say when it began', { start: '' }, /lock says that process \d+ is writing here.*not show which/],
  ['runs and saw no /proc', { start: '', boot: '', space: '' }, /lock says that process \d+ is writing here/],
  ['is in another container', { space: 'pid:[1]' }, /process \d+ of another machine or container \(/],
  ['is on another machine', { boot: 'another', host: 'other-host' }, /container \(other-host\) is writing here/],
  ['is on another machine without boot ids', { boot: '', host: 'other-host' }, /container \(other-host\)/],
] as const) {
  test(`is refused by name where its holder ${what}, and free once it is removed`, () => {
    leave(change);
    assert.throws(() => takeLock(path), refusesBy(path, said));
    assert.is(holderOf(path)?.held.pid, process.pid);
    rmSync(path);
    const lock = takeLock(path);
    releaseLock(lock);
    assert.equal(readdirSync(place), []);
  });
}

/** A Fault that says so, and whose hint removes the file. */
function refusesBy(file: string, said: RegExp): (error: unknown) => boolean {
  return (error) => Fault.is(error) && said.test(error.message) && error.hint?.endsWith(`rm ${file}`) === true;
}

test('is refused by the name of the heir where that one is held elsewhere', () => {
  leave({ space: 'pid:[1]', claim: 'second' });
  renameSync(path, `${path}.after-first`);
  writeFileSync(path, JSON.stringify({ pid: ended(), start: '1', boot: '', claim: 'first' }));
  assert.throws(() => takeLock(path), refusesBy(`${path}.after-first`, /another machine or container/));
});

test('leaves the claim of a process in another container where it is', () => {
  leave({ space: 'pid:[1]', pid: ended() });
  renameSync(path, `${path}.claim-7-x-1`);
  releaseLock(takeLock(path));
  assert.equal(readdirSync(place), ['lock.claim-7-x-1']);
});

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
    assert.is(holderOf(path)?.held.pid, process.pid);
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
