import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../src/manifest/parse.js';
import { CLI, Repo } from '../support/repo.js';

const test = suite('what the documents show');

/** The fenced blocks of a language. */
function blocks(file: string, language: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

/** Ids change with the clock. */
function withoutIds(text: string): string {
  return text.replace(/\b[0-9a-f]{7}\b/g, '<id>');
}

test('README: the blocked commit prints what it says it prints', () => {
  const [session = ''] = blocks('README.md', 'console');
  const repo = new Repo().hooks();
  try {
    const [, manifest = ''] = /^\$ cat .*?\n(.*?)^\$/ms.exec(session) ?? [];
    repo.write('.dos-sync-manifest.json', manifest).write('docs/api.md', 'old\n').write('web/api.md', 'old\n');
    repo.write('LICENSE', 'MIT\n').write('packages/one/LICENSE', 'MIT\n');
    repo.settle();
    repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
    repo.write('docs/api.md', 'new\n');
    const commands = [...session.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);
    assert.ok(commands.length > 4);
    const printed = commands.map((command) => {
      const { stdout, stderr } = repo.run('sh', ['-c', command]);
      return `$ ${command}\n${stdout}${stderr}`;
    });
    assert.is(withoutIds(printed.join('')), withoutIds(session));
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

test('schema.json is made from the validator, and docs/schema.json is the same', async () => {
  const { buildSchema } = await import('../../scripts/schema.js');
  assert.is(readFileSync('schema.json', 'utf8'), buildSchema());
  assert.is(readFileSync('docs/schema.json', 'utf8'), buildSchema());
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
