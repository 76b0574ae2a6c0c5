// What is in the package, and what is not.

import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('what is installed with dos-sync');

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
const bundles = () => readdirSync('dist').filter((name) => /\.c?js$/.test(name));

const LOADED = /(?:^import\b[^;"]*?from |^import |\bimport\(|\b(?:__)?require\()"([^"\n]+)"/gm;

test('no dependency comes along, and no script runs on installation', () => {
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) {
    assert.equal(Object.keys(manifest[kind] ?? {}), [], kind);
  }
  const scripts = Object.keys(manifest['scripts'] ?? {});
  assert.equal(
    scripts.filter((name) => /^(?:pre|post)?install$/.test(name)),
    [],
  );
});

test('what is built loads nothing but Node and its own files', () => {
  assert.ok(bundles().includes('cli.js'));
  for (const name of bundles()) {
    const text = readFileSync(`dist/${name}`, 'utf8');
    const loaded = [...text.matchAll(LOADED)].map(([, what = '']) => what);
    const strange = loaded.filter((what) => !isBuiltin(what) && !what.startsWith('./'));
    assert.equal(strange, [], name);
  }
});

test('every package that is in a bundle has its licence listed, of a kind that is allowed', () => {
  const headings = readFileSync('dist/THIRD-PARTY-LICENCES.md', 'utf8').match(/^## .*$/gm) ?? [];
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { license?: string }>;
  };
  for (const name of ['commander', 'jsonc-parser'])
    assert.ok(
      headings.some((line) => line.startsWith(`## ${name} `)),
      name,
    );
  for (const heading of headings) {
    const [, name = '', licence = ''] = /^## (\S+) \S+ \((.*)\)$/.exec(heading) ?? [];
    assert.is(lock.packages[`node_modules/${name}`]?.license, licence, heading);
    assert.match(licence, /^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0)$/);
  }
});

test.run();
