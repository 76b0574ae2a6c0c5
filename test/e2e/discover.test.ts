import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo } from '../support/repo.js';
import { ANSWERED, LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('git dos-sync discover');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
});
test.after.each(() => repo.remove());

/** Different content for each name, long enough not to be a coincidence. */
function content(name: string, lines = 12): string {
  return Array.from({ length: lines }, (_, at) => `${name}: line ${at} of a file that somebody wrote\n`).join('');
}

function write(files: Record<string, string>): void {
  for (const [path, name] of Object.entries(files)) repo.write(path, content(name));
}

interface Found {
  readonly number: number;
  readonly kind: string;
  readonly likely: boolean;
  readonly pairs: readonly { readonly a: string; readonly b: string }[];
  readonly kept: number;
  readonly drifted: readonly { readonly a: string }[];
}

function found(...args: string[]): readonly Found[] {
  const { code, stdout, stderr } = repo.dosSync('discover', '--json', ...args);
  assert.is(code, 0, stderr);
  return (JSON.parse(stdout) as { proposals: readonly Found[] }).proposals;
}

function likely(...args: string[]): string[] {
  const proposals = found(...args).filter((proposal) => proposal.likely);
  return proposals.flatMap(({ pairs }) => pairs.map(({ a, b }) => `${a} -> ${b}`));
}

/**
 * live/ and its release: an alias, a renamed directory, a drifted file, an intended difference,
 * one-sided files.
 */
function released(): void {
  write({
    'live/one': '1',
    'live/two': '2',
    'live/three': '3',
    'live/old.py': '4',
    'live/lib/x': '5',
    'live/lib/y': '6',
  });
  for (const name of ['p', 'q', 's', 't']) write({ [`live/${name}`]: name, [`dist/r/${name}`]: name });
  write({ 'live/README.md': 'here', 'live/notes/a': 'a', 'live/notes/b': 'b' });
  write({ 'dist/r/one': '1', 'dist/r/two': '2', 'dist/r/three': '3', 'dist/r/new.py': '4', 'dist/r/src/x': '5' });
  write({ 'dist/r/src/y': '6', 'dist/r/README.md': 'there', 'dist/r/package.json': 'a package' });
  repo.settle('released');
  write({ 'live/three': '3, edited' });
  repo.settle('one side alone');
}

test('a repository without copies gets no output', () => {
  write({ 'src/a.ts': 'a', 'src/b.ts': 'b', 'README.md': 'r', LICENSE: 'l', 'test/a.test.ts': 't' });
  for (const directory of ['one', 'two', 'three', 'four', 'five']) {
    // Empty, tiny, vendored and generated files are equal everywhere.
    repo.write(`${directory}/__init__.py`, '').write(`${directory}/.nvmrc`, '20\n');
    repo.write(`${directory}/package-lock.json`, content('lock')).write(`${directory}/Cargo.lock`, content('cargo'));
    repo.write(`${directory}/vendor/lib/x.js`, content('x')).write(`${directory}/vendor/lib/y.js`, content('y'));
    repo.write(`${directory}/main.ts`, content(directory));
  }
  repo.settle();
  const before = repo.state();
  assert.equal(repo.dosSync('discover', '--fail'), {
    code: 0,
    stdout: '',
    stderr: 'no undeclared copies found\n',
  });
  assert.equal(found(), []);
  const { code, stderr } = repo.dosSync('discover', '--write');
  assert.is(code, 0);
  assert.match(stderr, 'no undeclared copies');
  assert.is(repo.state(), before);
});

test('two directories: drifted, renamed, intentionally different and one-sided files', () => {
  released();
  const { code, stdout } = repo.dosSync('discover');
  assert.is(code, 0);
  assert.is(
    stdout,
    [
      ' 1  live -> dist/r',
      '      9 equal files, 1 drifted since, 1 never equal',
      '      drifted    live/three -> dist/r/three',
      '      alias      live/lib -> dist/r/src',
      '      alias      live/old.py -> dist/r/new.py',
      '      exclude    README.md',
      '      only       live/notes, dist/r/package.json',
      'declare them:  npx dos-sync discover --write 1',
      '',
    ].join('\n'),
  );
  // Without history, drift looks like an intended difference.
  assert.equal(likely('--history', '0'), ['live -> dist/r']);
  assert.equal(found('--history', '0')[0]?.drifted, []);
  assert.is(repo.dosSync('discover', '--history', 'all').code, 2);
});

test('--write declares it so that a check finds exactly the drift, and --fail passes from then on', () => {
  released();
  const undeclared = repo.dosSync('discover', '--fail');
  assert.equal([undeclared.code, undeclared.stderr], [1, 'dos-sync: found one set of undeclared copies.\n']);
  assert.is(repo.dosSync('discover', '--fail', '--json').code, 1);
  const { code, stdout } = repo.dosSync('discover', '--write', '1');
  assert.is(code, 0);
  assert.match(stdout, 'added live -> dist/r to .dos-sync-manifest.json\n  it is staged');
  assert.equal(JSON.parse(repo.read('.dos-sync-manifest.json')), {
    pairs: [{ a: 'live', b: 'dist/r', exclude: ['README.md'] }],
    fix_direction: 'live_to_submodule',
    aliases: { 'live/lib': 'dist/r/src', 'live/old.py': 'dist/r/new.py' },
    live_only: ['live/notes'],
    submodule_only: ['dist/r/package.json'],
  });
  assert.match(repo.dosSync('check').stdout, 'out of sync: 9 identical, 1 drifted, 0 missing\n');
  assert.equal(found(), []);
  assert.is(repo.dosSync('discover', '--fail').code, 0);
  repo.dosSync('fix');
  assert.is(repo.dosSync('check').code, 0);
});

test('files that took the same edits are copies, also if everything around them differs', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const both = (name: string, text: string, other = text) => {
    repo.write(`api/${name}`, content(text)).write(`web/api/${name}`, content(other));
  };
  for (const name of names) both(name, name, ['a', 'b'].includes(name) ? name : `${name}, there`);
  repo.settle();
  assert.equal(likely(), [], 'two of eight are a coincidence');
  for (const round of ['1', '2', '3']) {
    both('a', `a ${round}`);
    repo.settle(round);
  }
  assert.equal(likely(), ['api/a -> web/api/a']);
  assert.is(found()[0]?.kept, 3);
});

test('a fan-out: one source outside the pattern, one template for all copies', () => {
  for (const name of ['one', 'two', 'three', 'four', 'five']) repo.write(`packages/${name}/LICENSE`, content('MIT'));
  repo.write('LICENSE', content('MIT')).write('packages/six/LICENSE', content('another one'));
  repo.settle();
  assert.equal(likely(), ['LICENSE -> packages/{name}/LICENSE']);
  repo.dosSync('discover', '--write', '1');
  assert.match(repo.dosSync('check').stdout, 'in sync: 5 identical');
  assert.equal(found(), []);
});

test('a fan-out without a source uses the first copy as one; versions of one thing hardly count', () => {
  for (const name of ['one', 'two', 'three', 'four', 'five']) repo.write(`x/${name}/makefile`, content('make'));
  for (const version of ['v1.0', 'v1.1', 'v2.0', 'v3.0-rc1']) repo.write(`docs/${version}/index.md`, content('docs'));
  repo.settle();
  assert.equal(likely(), ['x/five/makefile -> x/{name}/makefile']);
  const [, docs] = found();
  assert.is(docs?.pairs[0]?.b, 'docs/{name}/index.md');
  assert.not(docs?.likely);
});

test('names for the same kind of instructions; other single files only with more evidence', () => {
  repo.write('CLAUDE.md', content('rules', 40)).write('AGENTS.md', content('rules', 40));
  repo.write('a/config.toml', content('config', 40)).write('b/other.toml', content('config', 40));
  repo.write('c/tiny.txt', content('tiny', 2)).write('d/tiny.txt', content('tiny', 2));
  repo.settle();
  assert.equal(likely(), ['AGENTS.md -> CLAUDE.md']);
  const { stdout, stderr } = repo.dosSync('discover');
  assert.not.match(stdout, 'config.toml');
  assert.is(stderr, '1 less likely set not shown; to see all: --all\n');
  assert.match(repo.dosSync('discover', '--all').stdout, ' 2  a/config.toml -> b/other.toml\n      equal\n');
});

test('tests and examples are repetitive on purpose', () => {
  for (const name of ['a', 'b', 'c']) {
    repo.write(`test/fixtures/one/${name}`, content(name)).write(`test/fixtures/other/${name}`, content(name));
  }
  repo.settle();
  assert.equal(likely(), []);
  assert.is(found().length, 1);
});

test('files linked by declared pairs are not discovered again, equal or not', () => {
  for (const place of ['live', 'release', 'pack/src']) {
    for (const name of ['a', 'b', 'c']) repo.write(`${place}/${name}`, content(name));
  }
  repo.settle();
  assert.equal(likely(), ['live -> pack/src', 'live -> release']);
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'release', b: 'pack/src' },
    ],
  });
  assert.equal(found(), []);
});

test('--write without numbers takes the likely ones without a terminal; an unknown number fails', () => {
  released();
  for (const number of ['2', '0', 'x']) {
    const { code, stderr } = repo.dosSync('discover', '--write', number);
    assert.is(code, 2);
    assert.match(stderr, `No set of copies has the number ${number}; 1 was found.`);
  }
  assert.not(repo.exists('.dos-sync-manifest.json'));
  assert.is(repo.dosSync('discover', '--write').code, 0);
  const { pairs } = JSON.parse(repo.read('.dos-sync-manifest.json')) as { pairs: object[] };
  assert.equal(pairs, [{ a: 'live', b: 'dist/r', exclude: ['README.md'] }]);
});

test('--write stages the manifest, unless that would stage other edits', () => {
  released();
  repo.write('CLAUDE.md', content('rules', 40)).write('AGENTS.md', content('rules', 40)).settle();
  repo.dosSync('discover', '--write', '1');
  assert.is(repo.show(':.dos-sync-manifest.json'), repo.read('.dos-sync-manifest.json'));
  repo.write('.dos-sync-manifest.json', `${repo.read('.dos-sync-manifest.json')}\n`);
  const { stdout } = repo.dosSync('discover', '--write', '1');
  assert.match(stdout, 'it is not staged, because it had unstaged edits');
  assert.not.match(repo.show(':.dos-sync-manifest.json'), 'CLAUDE.md');
});

async function atTerminal(...keys: string[]): Promise<string> {
  const terminal = new TestTerminal(`'${process.execPath}' '${CLI}' discover --write`, repo.top);
  for (const [at, key] of keys.entries()) {
    if (at > 0) await terminal.waitFor(ANSWERED);
    await terminal.waitFor(LISTENING);
    terminal.type(key);
  }
  assert.is(await terminal.end(), 0, terminal.screen);
  return terminal.screen;
}

test('at a terminal each is asked about; a skipped one is not declared', async () => {
  released();
  repo.write('CLAUDE.md', content('rules', 40)).write('AGENTS.md', content('rules', 40)).settle();
  const screen = await atTerminal('\r', 'a\r');
  assert.match(screen, '1  live -> dist/r');
  assert.match(screen, 'Declare this pair?');
  const { pairs } = JSON.parse(repo.read('.dos-sync-manifest.json')) as { pairs: object[] };
  assert.equal(pairs, [{ a: 'AGENTS.md', b: 'CLAUDE.md' }]);
});

test('at a terminal "done" stops asking and declares the chosen ones', async () => {
  released();
  repo.write('CLAUDE.md', content('rules', 40)).write('AGENTS.md', content('rules', 40)).settle();
  const screen = await atTerminal('d\r');
  assert.not.match(screen, '2  AGENTS.md');
  assert.not(repo.exists('.dos-sync-manifest.json'));
});

test('two directories with little in common are not a pair, and tiny files are no evidence', () => {
  for (const name of ['a', 'b']) write({ [`one/${name}`]: name, [`two/${name}`]: name });
  for (let at = 0; at < 20; at += 1) write({ [`one/own${at}`]: `one ${at}`, [`two/own${at}`]: `two ${at}` });
  for (const name of ['x', 'y', 'z']) repo.write(`left/${name}`, `${name}\n`).write(`right/${name}`, `${name}\n`);
  repo.settle();
  assert.equal(
    found('--all').filter(({ kind }) => kind === 'directories'),
    [],
  );
});

test('at a terminal Ctrl-C writes nothing, whatever was chosen before', async () => {
  released();
  repo.write('CLAUDE.md', content('rules', 40)).write('AGENTS.md', content('rules', 40)).settle();
  await atTerminal('a\r', '\u0003');
  assert.not(repo.exists('.dos-sync-manifest.json'));
});

test('the manifest keeps its format, and a target with a source becomes the source', () => {
  for (const name of ['a', 'b', 'c']) {
    repo
      .write(`top/${name}`, content(name))
      .write(`deep/er/${name}`, content(name))
      .write(`x/${name}`, content(`x${name}`));
  }
  const source = [
    '{',
    '\t"pairs": [',
    '\t\t{ "a": "x", "b": "deep/er" }',
    '\t],',
    '\t"live_only": ["x/only"],',
    '\t"fix_direction": "live_to_submodule"',
    '}',
    '',
  ].join('\n');
  repo.write('.dos-sync-manifest.json', source).settle();
  assert.is(
    repo.dosSync('discover', '--write', '1').stdout.split('\n')[0],
    'added deep/er -> top to .dos-sync-manifest.json',
  );
  assert.is(
    repo.read('.dos-sync-manifest.json'),
    source.replace('"deep/er" }\n', '"deep/er" },\n\t\t{ "a": "deep/er", "b": "top" }\n'),
  );
});

test('a pair that the manifest would reject both ways is left out, with a message', () => {
  for (const name of ['a', 'b', 'c']) {
    repo.write(`p/${name}`, content(name)).write(`q/${name}`, content(name));
    repo.write(`x/${name}`, content(`x${name}`)).write(`y/${name}`, content(`y${name}`));
  }
  repo.manifest({
    pairs: [
      { a: 'x', b: 'p' },
      { a: 'y', b: 'q' },
    ],
  });
  repo.settle();
  const before = repo.read('.dos-sync-manifest.json');
  const { code, stdout } = repo.dosSync('discover', '--write', '1');
  assert.is(code, 1);
  assert.match(stdout, /^skipped p -> q: /);
  assert.is(repo.read('.dos-sync-manifest.json'), before);
});

test('names that a manifest cannot hold cause no failure, and none acts on a terminal', () => {
  for (const place of ['one\u202e', 'two']) {
    for (const name of ['a', 'b', 'c*', '{x}', 'new\nline']) repo.write(`${place}/${name}`, content(name));
  }
  repo.run('sh', ['-c', `printf 'a long enough content, twice the same\\n' > "$(printf 'one/\\377')"`]);
  repo.settle();
  const { code, stdout } = repo.dosSync('discover');
  assert.is(code, 0);
  assert.match(stdout, ' 1  one\\u202e -> two\n      5 equal files\n');
});

test('links and submodules are no copies', () => {
  repo.write('a/f', content('f')).settle();
  for (const place of ['b', 'c', 'd', 'e']) {
    repo.run('mkdir', [repo.path(place)]);
    repo.run('ln', ['-s', 'a/long/enough/target/to/be/noticed/by/anyone', repo.path(`${place}/link`)]);
    repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD').trim()},${place}/sub`);
  }
  repo.git('add', 'b/link', 'c/link', 'd/link', 'e/link');
  repo.git('commit', '-qm', 'links');
  assert.equal(found(), []);
});

test('the number of git processes does not grow with the history or the files', () => {
  const processes = (): number => {
    const log = repo.path('.git/trace');
    repo.run('rm', ['-f', log]);
    repo.env['GIT_TRACE2_EVENT'] = log;
    repo.dosSync('discover');
    delete repo.env['GIT_TRACE2_EVENT'];
    return readFileSync(log, 'utf8').match(/"event":"start"/g)?.length ?? 0;
  };
  released();
  const few = processes();
  for (const name of ['p', 'q', 'r', 's']) {
    write({ [`live/more/${name}`]: name, [`dist/r/more/${name}`]: name });
    repo.settle();
  }
  assert.ok(few > 2);
  assert.is(processes(), few);
});

test.run();
