import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('git dos-sync status');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
});
test.after.each(() => repo.remove());

/**
 * A live skill outside, its release, its pack; a LICENSE in each package; one file under two names.
 */
function skills(): void {
  repo.manifest({
    pairs: [
      { a: '~/.claude/skills/Sentinel', b: 'Releases/v1/skills/Sentinel' },
      { a: 'Releases/v1/skills/{Name}', b: 'Packs/{Name}/src' },
      { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
      { a: 'CLAUDE.md', b: 'AGENTS.md' },
    ],
  });
  for (const skill of ['Sentinel', 'Mem']) {
    for (const file of ['a', 'b', 'deep/c']) {
      repo.write(`Releases/v1/skills/${skill}/${file}`, file).write(`Packs/${skill}/src/${file}`, file);
    }
  }
  for (const place of ['.', 'packages/one', 'packages/two', 'packages/three']) repo.write(`${place}/LICENSE`, 'MIT');
  repo.write('CLAUDE.md', 'rules').write('AGENTS.md', 'rules');
  repo.settle();
}

function status(columns: number, ...args: string[]) {
  repo.env['COLUMNS'] = `${columns}`;
  return repo.dosSync('status', ...args);
}

test('a row for each artifact, a column for each place, a mark for each verdict', () => {
  skills();
  repo.write('Packs/Mem/src/a', 'drifted').delete('Packs/Mem/src/b');
  repo.delete('AGENTS.md');
  const { code, stdout, stderr } = status(200);
  assert.is(code, 1);
  assert.is(
    stdout,
    [
      'artifact   ~/.claude/skills/Sentinel  Releases/v1/skills  (top level)  Packs     packages  AGENTS.md',
      'CLAUDE.md                                                 source                           -1',
      'Mem                                   source                           !1 -1 =1',
      'LICENSE                                                   source                 =3',
      'Sentinel   source                     ?3                               =3',
      '',
      '! drifted   - missing   ? not checked   = in sync',
      '',
      'out of sync: 7 identical, 1 drifted, 2 missing, 3 not checked',
      '',
    ].join('\n'),
  );
  assert.match(stderr, '3 pairs were not checked');
  const drifted = status(200, '--drifted').stdout.split('\n').slice(1, 4);
  assert.equal(
    drifted.map((line) => line.split(' ')[0]),
    ['CLAUDE.md', 'Mem', ''],
  );
});

test('--json: the same table with its numbers, and nothing else on stdout', () => {
  skills();
  repo.write('Packs/Mem/src/a', 'drifted');
  const { code, stdout } = repo.dosSync('status', '--json');
  assert.is(code, 1);
  const { places, artifacts, ...rest } = JSON.parse(stdout);
  const counts = { total_identical: 9, total_drift: 1, total_missing: 0, total_unchecked: 3, total_exceptions: 0 };
  assert.equal(rest, { schema_version: 1, report: 'status', exit_code: 1, ...counts });
  assert.equal(places, ['~/.claude/skills/Sentinel', 'Releases/v1/skills', '.', 'Packs', 'packages', 'AGENTS.md']);
  const none = { identical: 0, drift: 0, missing: 0, unchecked: 0, exceptions: 0, one_sided: 0 };
  assert.equal(artifacts[1], {
    artifact: 'Mem',
    copies: [
      { place: 1, roots: ['Releases/v1/skills/Mem'], source: true, ...none },
      { place: 3, roots: ['Packs/Mem/src'], source: false, ...none, identical: 2, drift: 1 },
    ],
    steps: [{ from: 1, to: 3, ...none, identical: 2, drift: 1 }],
  });
});

test('a pair of directories is opened into the folders that are paired elsewhere, in --json too', () => {
  const names = ['alpha', 'beta', 'skill10', 'skill9'];
  const elsewhere = names.map((name) => ({ a: `skills/${name}`, b: `.claude/skills/${name}` }));
  repo.manifest({ pairs: [{ a: 'skills', b: 'pack/skills' }, ...elsewhere] });
  for (const place of ['skills', 'pack/skills', '.claude/skills']) {
    for (const name of names) repo.write(`${place}/${name}/SKILL.md`, name);
  }
  repo.settle();
  repo.write('.claude/skills/beta/SKILL.md', 'stale').write('pack/skills/skill10/SKILL.md', 'stale');
  const table = [
    'artifact  skills  pack/skills  .claude/skills',
    'beta      source  =1           !1',
    'skill10   source  !1           =1',
    'alpha     source  =1           =1',
    'skill9    source  =1           =1',
  ];
  assert.equal(status(80).stdout.split('\n').slice(0, 5), table);
  assert.equal(status(80, '--drifted').stdout.split('\n').slice(0, 4), [...table.slice(0, 3), '']);
  const { artifacts, ...rest } = JSON.parse(repo.dosSync('status', '--json').stdout);
  assert.equal([rest.total_identical, rest.total_drift], [6, 2]);
  assert.equal(
    artifacts.map(({ artifact }: { artifact: string }) => artifact),
    names,
  );
  assert.equal(artifacts[1].copies[1].roots, ['pack/skills/beta']);
});

test('place names that do not fit are numbered; columns that do not fit are split into blocks', () => {
  skills();
  const numbered = status(60).stdout.split('\n');
  assert.is(numbered[0], 'artifact   1       2       3       4   5   6');
  assert.ok(numbered.includes('  4  Packs'));
  for (const columns of [60, 40, 30]) {
    const lines = status(columns).stdout.split('\n\n').slice(0, -2).join('\n').split('\n');
    assert.ok(
      lines.every((line) => line.length <= columns),
      `${columns}: ${lines.join('\n')}`,
    );
    assert.is(
      lines.filter((line) => line.includes('Sentinel')).length,
      lines.filter((line) => /^artifact/.test(line)).length + 1,
    );
  }
});

test('the direction decides which side is the source; copies within one place are steps of it', () => {
  repo.manifest({
    pairs: [
      { a: 'docs/one', b: 'docs/two' },
      { a: 'docs/two', b: 'docs/three' },
    ],
    fix_direction: 'live_to_submodule',
  });
  for (const place of ['one', 'two', 'three']) repo.write(`docs/${place}/f`, '1');
  repo.settle();
  assert.match(status(80).stdout, /^artifact +docs\/one +docs\/two +docs\/three\none +source +=1 +=1\n/);
  repo.manifest({ pairs: [{ a: 'docs/one', b: 'docs/two' }], fix_direction: 'submodule_to_live' });
  assert.match(status(80).stdout, /^artifact +docs\/two +docs\/one\ntwo +source +=1\n/);
});

test('an artifact is named by its {Name}, also if the source has another name', () => {
  repo.manifest({ pairs: [{ a: 'skills/{Name}', b: 'packs/{Name}/src' }], fix_direction: 'submodule_to_live' });
  repo.write('skills/Mem/f', '1').write('packs/Mem/src/f', '1').settle();
  assert.match(status(80).stdout, /^Mem +source +=1$/m);
});

test('one-sided, excepted, linked and missing files have their marks too', () => {
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'nowhere', b: 'nothing' },
    ],
    aliases: { 'live/x': { b: 'release/x', exception: 'meant' } },
    live_only: ['live/own'],
    submodule_only: ['release/own2'],
  });
  repo.write('live/x', '1').write('release/x', '2').write('live/own', '1').write('release/own2', '1');
  repo.write('live/f', '1').run('ln', ['-s', '../live/f', repo.path('release/f')]);
  repo.settle();
  const { code, stdout } = status(80);
  assert.is(code, 0);
  assert.match(stdout, /^live +source \+1 +=1 ~1 \+1$/m);
  assert.match(stdout, /^nowhere +source +0$/m);
  assert.match(stdout, '= in sync   ~ excepted   + on one side only');
});

test('two artifacts of one name are distinguished, and no name acts on the terminal', () => {
  repo.manifest({
    pairs: [
      { a: 'x/same', b: 'y/same' },
      { a: 'x/deep/same', b: 'y/deep/same' },
      { a: 'x/bidi\u202e', b: 'y/bidi\u202e' },
    ],
  });
  for (const name of ['same', 'deep/same', 'bidi\u202e']) repo.write(`x/${name}`, '1').write(`y/${name}`, '1');
  repo.settle();
  const { stdout } = status(80);
  assert.match(stdout, /^x\/same +source +=1$/m);
  assert.match(stdout, /^x\/deep\/same +source +=1$/m);
  assert.match(stdout, 'bidi\\u202e');
});

test('the scopes and exit codes are those of check', () => {
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/f', '1').write('release/f', '1').settle();
  repo.write('live/f', '2');
  assert.is(status(80).code, 1);
  assert.is(status(80, '--staged').code, 0);
  assert.is(status(80, '--commit', 'HEAD').code, 0);
  assert.is(status(80, '--commit', 'HEAD', '--staged').code, 2);
  repo.manifest({ pairs: [{ a: 'nowhere', b: 'nothing' }] });
  assert.is(status(80).code, 2);
  repo.manifest({ pairs: [] });
  assert.equal(status(80), {
    code: 0,
    stdout: 'no pairs are declared yet; add one: git dos-sync add <a> <b>\n',
    stderr: '',
  });
});

test.run();
