// Pushes to a guarded repository through git daemon and over smart HTTP. Needs git's daemon, nginx
// and fcgiwrap.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Server, startDaemon, startHttp } from '../support/network.js';
import { pairedRepo, type Repo, type Result } from '../support/repo.js';
import { guardedServer, serverState } from '../support/server.js';

const STARTS = {
  'git daemon': (root: string) => startDaemon(join(root, 'repositories')),
  'git http-backend behind nginx': (root: string) => startHttp(join(root, 'repositories'), join(root, 'scratch')),
};

for (const [name, start] of Object.entries(STARTS)) {
  const test = suite(`pushes through ${name}`);
  let root: string;
  let server: Server;
  let template: Repo;
  let templateServer: Repo;
  let repo: Repo;
  let bare: Repo;

  test.before(async () => {
    template = pairedRepo();
    template.run('rm', ['-r', '.git/hooks']);
    templateServer = guardedServer();
    template.git('push', '-q', templateServer.top, 'main');
    root = mkdtempSync(join(tmpdir(), 'servers-'));
    mkdirSync(join(root, 'repositories'));
    server = await start(root);
  });
  test.after(async () => {
    await server.stop();
    template.remove();
    templateServer.remove();
    rmSync(root, { recursive: true });
  });
  test.before.each(() => {
    repo = template.copy();
    bare = templateServer.copy(join(root, 'repositories', 'project.git'));
    repo.git('remote', 'add', 'origin', `${server.url}project.git`);
  });
  test.after.each(() => {
    repo.remove();
    bare.remove();
  });

  const push = (...args: string[]): Result => repo.tryGit('push', '-q', 'origin', ...args);

  function refused(words: string): void {
    const before = serverState(bare);
    const { code, stderr } = push('main');
    assert.is(code, 1, stderr);
    assert.match(stderr, new RegExp(`^remote: .*${words}`, 'm'));
    assert.match(stderr, 'pre-receive hook declined');
    assert.is(serverState(bare), before);
  }

  test('what is in sync is taken', () => {
    repo.write('live/skill.md', 'two\n').write('release/skill.md', 'two\n').settle();
    assert.equal(push('main'), { code: 0, stdout: '', stderr: '' });
    assert.is(bare.show('main:release/skill.md'), 'two\n');
  });

  test('drift is rejected, in readable lines', () => {
    repo.write('live/skill.md', 'two\n').settle();
    refused('live/skill.md and its copy release/skill.md differ');
    refused(' > git dos-sync fix --staged live/skill.md && git commit {3}# copies the source to its copies');
  });

  test('a large push, in pieces, is rejected and accepted in the same way', () => {
    repo.git('config', 'http.postBuffer', '65536');
    const noise = Array.from({ length: 200_000 }, (_, at) => `${(at * 2654435761) % 4294967296}`).join('\n');
    repo.write('live/large.txt', noise).settle();
    refused('live/large.txt has no copy release/large.txt');
    repo.write('release/large.txt', noise).settle();
    assert.equal(push('main'), { code: 0, stdout: '', stderr: '' });
  });

  test('a pair is not removed along with its drift, and the time limit is named', () => {
    repo.manifest({ pairs: [] }).write('live/skill.md', 'two\n').settle();
    refused('push the manifest change separately first');
    bare.git('config', 'dosSync.receiveTimeLimit', '0.001');
    refused('\\(dosSync.receiveTimeLimit\\), so the push was refused');
  });

  test.run();
}
