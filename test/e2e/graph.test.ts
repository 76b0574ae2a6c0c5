import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('git dos-sync graph');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({
    pairs: [
      { a: 'skills/{Name}', b: 'packs/{Name}/src' },
      { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
    ],
  });
  for (const place of ['.', 'packages/one', 'packages/two']) repo.write(`${place}/LICENSE`, 'MIT');
  repo.write('skills/Mem/f', '1').write('packs/Mem/src/f', '1').settle('first');
  repo.write('skills/Mem/f', '2').settle('one side alone');
});
test.after.each(() => repo.remove());

function graph(format: string): string {
  const { code, stdout, stderr } = repo.dosSync('graph', '--format', format);
  assert.is(code, 0, stderr);
  return stdout;
}

test('Mermaid: a subgraph for each place, a coloured link for each pair', () => {
  assert.is(
    graph('mermaid'),
    [
      'flowchart LR',
      '  subgraph p0["skills/Mem"]',
      '    n0p0["Mem"]',
      '  end',
      '  subgraph p1["LICENSE"]',
      '    n1p1["LICENSE"]',
      '  end',
      '  subgraph p2["packs/Mem/src"]',
      '    n0p2["Mem"]',
      '  end',
      '  subgraph p3["packages"]',
      '    n1p3["LICENSE (2 copies)"]',
      '  end',
      '  n0p0 -->|"!1"| n0p2',
      '  n1p1 -->|"=2"| n1p3',
      '  linkStyle 0 stroke:#d1242f',
      '  linkStyle 1 stroke:#1a7f37',
      '',
    ].join('\n'),
  );
});

test('DOT: a cluster for each place, a coloured edge for each pair', () => {
  const dot = graph('dot');
  assert.match(dot, /^digraph copies \{\n {2}rankdir=LR\n/);
  assert.match(dot, 'subgraph cluster_2 {\n    label="packs/Mem/src"\n    n0p2 [label="Mem", tooltip="packs/Mem/src"]');
  assert.match(dot, 'n0p0 -> n0p2 [label="!1", color="#d1242f"]');
});

/** The page's only script, and the hash that its policy allows. */
function scriptOf(page: string): string {
  const [script = '', ...others] = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text ?? '');
  assert.equal(others, []);
  const hash = createHash('sha256').update(script).digest('base64');
  assert.match(page, `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
  return script;
}

test('HTML: one page that loads nothing and runs only its filter, with the audit as a timeline', () => {
  const page = graph('html');
  assert.match(page, /^<!doctype html>/);
  assert.not.match(page.replace(scriptOf(page), ''), /<link|<img|\bsrc=|href=|url\(|@import|\son\w+=/);
  assert.match(page, 'LICENSE (2 copies)');
  assert.match(page, /<path d="[^"]+" stroke="#d1242f"\/>/);
  assert.match(page, /<title>from \d{4}-\d\d-\d\d: 1 introduced, 0 resolved, 0 kept in sync<\/title>/);
  assert.match(page, '<td>one side alone</td><td>skills/<wbr>Mem/<wbr>f</td>');
  assert.match(page, `<h1>Copies in ${basename(repo.top)}</h1>`);
  assert.match(page, '1 of 2 is out of sync.');
});

test('HTML: a row for each artifact, out of sync first; each file with the command that shows its difference', () => {
  const page = graph('html');
  const [, ...rows] = (/<table id="copies".*?<\/table>/s.exec(page)?.[0] ?? '').split('<tr data-kind=');
  assert.equal(
    rows.map((row) =>
      row
        .replace(/<[^>]*>/g, ' ')
        .replace(/.*?> /, '')
        .trim()
        .split(/ {2,}/),
    ),
    [
      ['Mem', 'source', '1 drifted'],
      ['LICENSE', 'source', '2 copies:', '2 in sync'],
    ],
  );
  assert.match(page, 'drifted</span></td><td>skills/<wbr>Mem/<wbr>f</td><td>packs/<wbr>Mem/<wbr>src/<wbr>f</td>');
  const [, command = ''] = /<code>npx (dos-sync diff [^<]+)<\/code>/.exec(page) ?? [];
  assert.match(repo.dosSync(...command.split(' ').slice(1)).stdout, '+++ source/skills/Mem/f');
  repo.write('packs/Mem/src/f', '2').settle('both sides');
  assert.match(graph('html'), 'Everything is in sync.');
});

test('the timeline spans the first event to the last, and is omitted without events', () => {
  repo.env['GIT_AUTHOR_DATE'] = '2031-05-01T12:00:00Z';
  repo.write('unrelated', '1').settle('touches no pair');
  assert.not.match(graph('html'), '2031-05-01');
  repo.manifest({ pairs: [{ a: 'nowhere', b: 'nothing' }] });
  assert.match(graph('html'), 'No commit along the first parents brought a pair out of sync');
});

test('before the first commit there is a page too, which says what needs a commit', () => {
  repo.delete('.git');
  repo.git('init', '-q', '.');
  assert.match(graph('html'), 'The working tree before its first commit, 2 declared pairs.');
  for (const verb of ['audit', 'discover'])
    assert.match(repo.dosSync(verb).stderr, 'This repository has no commits yet.');
});

test('no name, author or subject acts in the drawing', () => {
  const name = '<i>"x"&]#\\';
  repo.manifest({ pairs: [{ a: 'skills', b: 'packs' }] });
  repo.write(`skills/${name}\u202e`, '1').write(`packs/${name}\u202e`, '2').settle(`</table><script>alert(1)</script>`);
  const page = graph('html');
  scriptOf(page);
  assert.not.match(page, /<script>alert|<i>"/);
  assert.match(page, '&lt;script&gt;');
  assert.match(page, '\\u202e');
  repo.manifest({ pairs: [{ a: 'LICENSE', b: 'copies/a"b]' }] }).write('copies/a"b]', 'MIT');
  assert.match(graph('mermaid'), 'p1["copies/a#34;b#93;"]');
  assert.match(graph('dot'), 'label="copies/a\\"b]"');
});

test('a format is selected by name', () => {
  assert.is(repo.dosSync('graph').code, 2);
  assert.is(repo.dosSync('graph', '--format', 'png').code, 2);
});

test.run();
