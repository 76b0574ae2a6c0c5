import { readFileSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MANAGERS } from '../../src/install/managers/index.js';
import { parseManifest } from '../../src/manifest/parse.js';
import { sayForManager } from '../../src/messages/managers.js';
import { pinnedStates, writeDiffering } from '../support/differing.js';
import { writeGrown } from '../support/grown.js';
import { CLI, Repo } from '../support/repo.js';
import { blocks, replaySession } from '../support/session.js';
import { TestTerminal } from '../support/terminal.js';
import { putDependency, replayTyped, TypedShell } from '../support/typed-shell.js';

const test = suite('what the documents show');

/** git knows `git dos-sync` here. */
function named(repo: Repo): Repo {
  repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
  return repo;
}

test('README: the blocked commit prints what the page shows', () => {
  const session = blocks('README.md', 'console').find((block) => block.includes('$ cat ')) ?? '';
  const repo = new Repo().hooks();
  try {
    const [, manifest = ''] = /^\$ cat .*?\n(.*?)^\$/ms.exec(session) ?? [];
    repo.write('.dos-sync-manifest.json', manifest).write('docs/api.md', 'old\n').write('web/api.md', 'old\n');
    repo.write('LICENSE', 'MIT\n').write('packages/one/LICENSE', 'MIT\n');
    repo.settle();
    named(repo).write('docs/api.md', 'new\n');
    replaySession(repo, session);
  } finally {
    repo.remove();
  }
});

test('README: the question is the one of the page', async () => {
  const question = blocks('README.md', 'text').find((block) => block.includes('[f]ix')) ?? '';
  const repo = new Repo().hooks();
  try {
    repo
      .manifest({ pairs: [{ a: 'docs', b: 'web' }] })
      .write('docs/api.md', 'old\n')
      .write('web/api.md', 'old\n');
    repo.settle();
    repo.write('docs/api.md', 'new\n').git('add', '-A');
    const terminal = new TestTerminal('git commit -q -m next', repo.top);
    await terminal.waitFor('helps.');
    terminal.type('q');
    assert.is(await terminal.end(), 1);
    const shown = terminal.screen.replaceAll('\r', '');
    assert.match(shown, question.trimEnd());
  } finally {
    repo.remove();
  }
});

test('docs/audit.md: the audit prints what the page shows, whole and from shards', () => {
  const [session = ''] = blocks('docs/audit.md', 'console');
  const [shards = ''] = blocks('docs/audit.md', 'sh');
  const repo = named(new Repo());
  try {
    repo.manifest({ pairs: [{ a: 'docs/api.md', b: 'web/api.md' }] });
    const commit = (who: string, subject: string) => {
      repo.git('add', '-A');
      repo.git('commit', '-q', '-m', subject, '--author', `${who} <${who.toLowerCase()}@example.com>`);
    };
    repo.write('docs/api.md', 'old\n').write('web/api.md', 'old\n');
    commit('Ada', 'first');
    repo.write('docs/api.md', 'new\n');
    commit('Grace', 'describe the new call');
    repo.write('web/api.md', 'new\n');
    commit('Ada', 'describe the new call on the web too');
    replaySession(repo, session);
    assert.is(repo.run('sh', ['-ec', shards]).stdout, repo.dosSync('audit').stdout);
  } finally {
    repo.remove();
  }
});

test('docs/discover.md: the proposals, and the result of declaring them', () => {
  const [session = ''] = blocks('docs/discover.md', 'console');
  const repo = named(new Repo());
  try {
    const text = (name: string) => `${`what ${name} says, in a line of some length\n`.repeat(40)}`;
    const write = (path: string, name = path) => repo.write(path, text(name));
    for (const path of ['LICENSE', ...['api', 'cli', 'core', 'web'].map((each) => `packages/${each}/LICENSE`)])
      write(path, 'MIT');
    for (const name of ['CLAUDE.md', 'AGENTS.md']) write(name, 'rules');
    for (const name of ['run.py', 'steps/one.md', 'steps/two.md']) {
      write(`live/${name}`, name);
      write(`dist/skill/${name}`, name);
    }
    for (const name of ['live/README.md', 'dist/skill/README.md', 'live/notes.local.md']) write(name);
    repo.settle();
    write('live/steps/two.md', 'two, edited');
    repo.settle();
    replaySession(repo, session);
  } finally {
    repo.remove();
  }
});

test('docs/migration.md: the guided session on a repository that has grown, and what comes after it', async () => {
  const [guided = '', first = '', old = ''] = blocks('docs/migration.md', 'console');
  const [byHand = ''] = blocks('docs/migration.md', 'sh');
  const repo = new Repo();
  const shell = new TypedShell(repo);
  try {
    putDependency(repo, 'dos-sync', { 'dos-sync': 'dist/cli.js', 'dos-sync-hook': 'dist/dos-sync-hook' });
    writeGrown(repo);
    const start = repo.copy();
    assert.is(await replayTyped(shell, guided, [[repo.top, '/home/ada/project']]), guided);
    for (const session of [first, old]) replaySession(repo, session);
    assert.is(start.run('sh', ['-ec', byHand]).code, 0);
    start.remove();
  } finally {
    await shell.end();
    repo.remove();
  }
});

test('docs/migration.md: an exception becomes a rule', () => {
  const [, , , exception = '', rule = ''] = blocks('docs/migration.md', 'console');
  const [pair = ''] = blocks('docs/migration.md', 'json');
  const repo = named(new Repo()).hooks();
  try {
    const { a, b } = JSON.parse(pair) as { a: string; b: string };
    writeDiffering(repo, [{ a, b }]);
    repo.manifest({ pairs: [{ a, b }], aliases: [pinnedStates(repo, a, b)] }).settle();
    replaySession(repo, exception);
    repo.manifest({ pairs: [JSON.parse(pair)] });
    replaySession(repo, rule);
  } finally {
    repo.remove();
  }
});

test('docs/differences.md: each rule, an accepted difference, and what is refused', () => {
  const repo = named(new Repo()).hooks();
  try {
    const pairs = blocks('docs/differences.md', 'json').map((block) => JSON.parse(block) as object);
    writeDiffering(repo, pairs);
    for (const session of blocks('docs/differences.md', 'console')) replaySession(repo, session);
  } finally {
    repo.remove();
  }
});

test('docs/status.md: the table, its JSON, and the graph', () => {
  const [session = '', json = ''] = blocks('docs/status.md', 'console');
  const [commands = ''] = blocks('docs/status.md', 'sh');
  const repo = named(new Repo());
  try {
    repo.manifest({
      pairs: [
        { a: 'releases/v1/{Name}', b: 'packs/{Name}/src' },
        { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
      ],
    });
    for (const name of ['run.py', 'steps.md']) {
      repo.write(`releases/v1/Mem/${name}`, name).write(`packs/Mem/src/${name}`, name);
    }
    for (const place of ['releases/v1/Sentinel', 'packs/Sentinel/src']) repo.write(`${place}/run.py`, 'x');
    for (const place of ['.', 'packages/api', 'packages/web']) repo.write(`${place}/LICENSE`, 'MIT');
    repo.settle();
    repo.write('releases/v1/Mem/run.py', 'edited').settle();
    repo.delete('packages/web/LICENSE');
    repo.write('packages/web/index.ts', '');
    repo.env['COLUMNS'] = '100';
    replaySession(repo, session);
    replaySession(repo, json);
    assert.is(repo.run('sh', ['-ec', commands]).code, 0);
    assert.match(repo.read('copies.html'), /^<!doctype html>/);
    assert.match(repo.read('copies.dot'), /^digraph/);
  } finally {
    repo.remove();
  }
});

test('docs/provenance.md: the stale side, the refusals and the ways, as shown', () => {
  const [session = '', baseline = ''] = blocks('docs/provenance.md', 'console');
  const repo = named(new Repo());
  try {
    repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] });
    const commit = (who: string) => {
      repo.git('add', '-A');
      repo.git('commit', '-q', '-m', 'next', '--author', `${who} <${who.toLowerCase()}@example.com>`);
    };
    const lines = (...edits: (readonly [at: number, text: string])[]) => {
      return Array.from({ length: 8 }, (_, at) => `${edits.find(([line]) => line === at)?.[1] ?? `line ${at}`}\n`).join(
        '',
      );
    };
    for (const name of ['api.md', 'faq.md', 'guide.md'])
      repo.write(`docs/${name}`, lines()).write(`web/${name}`, lines());
    commit('Ada');
    repo.write('docs/api.md', lines([0, 'new'])).write('docs/faq.md', lines([0, 'first']));
    commit('Ada');
    repo.write('web/guide.md', lines([3, 'mine'])).write('web/faq.md', lines([7, 'last']));
    commit('Grace');
    replaySession(repo, session);
    repo.write('web/guide.md', 'its own\n');
    commit('Grace');
    replaySession(repo, baseline);
  } finally {
    repo.remove();
  }
});

test('the templates of the audit: what each machine runs, and the merged result', () => {
  const repo = named(new Repo());
  try {
    repo
      .manifest({ pairs: [{ a: 'live', b: 'release' }] })
      .write('live/f', '1')
      .settle();
    for (let at = 0; at < 5; at += 1) repo.write(at % 2 ? 'live/f' : 'release/f', `${at}`).settle(`commit ${at}`);
    for (const file of ['templates/github-audit.yml', 'templates/gitlab-audit.yml']) {
      const lines = readFileSync(file, 'utf8').match(/npx --no dos-sync audit .*/g) ?? [];
      const [shard = '', merge = ''] = lines.map((line) => line.replace('npx --no dos-sync', 'git dos-sync'));
      assert.is(lines.length, 2);
      for (const at of ['1', '2', '3', '4']) {
        const variables = `SHARD=${at}/4; CI_NODE_INDEX=${at}; CI_NODE_TOTAL=4`;
        assert.is(repo.run('sh', ['-ec', `${variables}; ${shard}`]).code, 0);
      }
      assert.is(repo.run('sh', ['-ec', merge]).stdout, repo.dosSync('audit').stdout);
      repo.run('sh', ['-c', 'rm audit-*.json']);
    }
  } finally {
    repo.remove();
  }
});

test('docs/manifest.md: the three shapes of aliases are accepted, and mean the same', () => {
  const shapes = blocks('docs/manifest.md', 'json').map((block) => {
    const manifest = {
      pairs: [{ a: 'live', b: 'release' }],
      aliases: JSON.parse(block),
      fix_direction: 'live_to_submodule',
    };
    const result = parseManifest(Buffer.from(JSON.stringify(manifest)));
    return result.ok ? result.manifest.aliases : result.problems;
  });
  assert.is(shapes.length, 3);
  for (const shape of shapes) assert.equal(shape, shapes[0]);
});

test('docs/push.md: the commands for a server protect a repository', () => {
  const [commands = ''] = blocks('docs/push.md', 'sh');
  const [server, repo] = [new Repo(['--bare']), new Repo()];
  try {
    // Stands in for `npm install`: links the package as npm would.
    repo.write('prefix/lib/keep', '').run('mkdir', ['-p', 'prefix/bin', 'prefix/lib/node_modules']);
    symlinkSync(process.cwd(), repo.path('prefix/lib/node_modules/dos-sync'));
    symlinkSync(CLI, repo.path('prefix/bin/dos-sync'));
    repo.env['npm_config_prefix'] = repo.path('prefix');
    repo.env['PATH'] = `${repo.path('prefix/bin')}:${process.env['PATH']}`;
    const [install = '', ...rest] = commands.replaceAll('/srv/git/project.git', server.top).split('\n');
    assert.is(install, 'npm install --global dos-sync');
    const set = repo.run('sh', ['-e', '-c', rest.join('\n')]);
    assert.is(set.code, 0, set.stderr);
    repo.delete('prefix/lib');
    repo
      .manifest({ pairs: [{ a: 'live', b: 'release' }] })
      .write('live/a', '1\n')
      .write('release/a', '2\n');
    repo.git('add', 'live', 'release', '.dos-sync-manifest.json');
    repo.git('commit', '-q', '-m', 'apart');
    const { code, stderr } = repo.tryGit('push', '-q', server.top, 'HEAD:main');
    assert.is(code, 1);
    assert.match(stderr, 'remote:   live/a and its copy release/a differ');
  } finally {
    server.remove();
    repo.remove();
  }
});

test('schema.json is made from the validator, and docs/schema.json is the same', async () => {
  const { buildSchema } = await import('../../scripts/schema.js');
  assert.is(readFileSync('schema.json', 'utf8'), buildSchema());
  assert.is(readFileSync('docs/schema.json', 'utf8'), buildSchema());
});

test('docs/managers.md shows the lines that install prints', () => {
  const page = readFileSync('docs/managers.md', 'utf8')
    .split('\n')
    .map((line) => line.trim());
  for (const manager of MANAGERS.filter(({ config }) => config)) {
    const printed = sayForManager(manager, 'config', manager.hooks).filter((line) => line.startsWith('    '));
    assert.ok(printed.length > 2);
    for (const line of printed) assert.ok(page.includes(line.trim()), line);
  }
});

test('this repository keeps its own pairs', () => {
  const result = parseManifest(readFileSync('.dos-sync-manifest.json'));
  assert.ok(result.ok && result.manifest.pairs.length > 0);
  assert.is(
    readFileSync('docs/examples/starter.json', 'utf8'),
    readFileSync('templates/dos-sync-manifest.json', 'utf8'),
  );
});

test.run();
