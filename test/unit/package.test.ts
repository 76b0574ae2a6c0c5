// What is in the package, and what is not.

import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { basesOf, withAbsoluteLinks, withRelativeLinks } from '../../scripts/pack-readme.js';

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
    scripts.filter((name) => /^(?:(?:pre|post)?(?:install|prepare)|prepublish)$/.test(name)),
    [],
  );
});

const README = readFileSync('README.md', 'utf8');
const facts = JSON.parse(readFileSync('package.json', 'utf8')) as Parameters<typeof basesOf>[0];

test('packing makes every link of the README absolute, and takes that back', () => {
  const packed = withAbsoluteLinks(README, basesOf(facts));
  const targets = [...packed.matchAll(/\]\(([^)]*)\)/g)].map(([, target = '']) => target);
  assert.ok(targets.length > 15);
  assert.equal(
    targets.filter((target) => !/^(?:https:\/\/|#)/.test(target)),
    [],
  );
  assert.match(packed, /!\[.*\]\(https:\/\/raw\.githubusercontent\.com\/\S+\/v\d\S+\/docs\/recording\.svg\)/);
  assert.is(withAbsoluteLinks(packed, basesOf(facts)), packed);
  assert.is(withRelativeLinks(packed, basesOf(facts)), README);
});

test('links stay as they are in code, to other sites and to the same page', () => {
  const bases = { page: 'P/', picture: 'I/' };
  const pages = [
    ['[a](docs/a.md#b) ![c](d.svg)', '[a](P/docs/a.md#b) ![c](I/d.svg)'],
    ['[a](https://x.y/z) [b](#c) [m](mailto:a@b)', '[a](https://x.y/z) [b](#c) [m](mailto:a@b)'],
    ['```sh\n[a](b)\n```\n[c](d)\n```\n[e](f)\n```\n', '```sh\n[a](b)\n```\n[c](P/d)\n```\n[e](f)\n```\n'],
  ] as const;
  for (const [relative, absolute] of pages) {
    assert.is(withAbsoluteLinks(relative, bases), absolute);
    assert.is(withRelativeLinks(absolute, bases), relative);
  }
});

test('the README in the repository has relative links: no packing was cut off', () => {
  assert.not.match(README, basesOf(facts).page);
});

test('the package says where it is from, and which Node it needs', () => {
  for (const key of ['repository', 'homepage', 'bugs', 'license', 'engines', 'author']) assert.ok(manifest[key], key);
  assert.match(String(manifest['engines']?.['node']), /^>=20\.12$/);
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
