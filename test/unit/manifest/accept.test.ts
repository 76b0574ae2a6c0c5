import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Accepted, addExceptions } from '../../../src/manifest/accept.js';
import { parseManifest } from '../../../src/manifest/parse.js';

const test = suite('pinned exceptions in the manifest');

const OID = '0123456789012345678901234567890123456789';
const X: Accepted = { a: 'live/x', b: 'release/x', reason: 'meant "so"', at: [`100644 ${OID}`, null] };
const BODY = `"exception": "meant \\"so\\"", "at": ["100644 ${OID}", null] }`;
const [ELEMENT, VALUE] = [`{ "a": "live/x", "b": "release/x", ${BODY}`, `{ "b": "release/x", ${BODY}`];

function manifest(aliases: string): string {
  return `{\n\t"pairs": [{ "a": "live", "b": "release" }, { "a": "live", "b": "pack" }],\n${aliases}\t"fix_direction":  "live_to_submodule"\n}\n`;
}

function edited(source: string, ...accepted: Accepted[]): string {
  const text = addExceptions(source, accepted);
  const result = parseManifest(Buffer.from(text));
  assert.ok(result.ok, text);
  for (const { a, b, reason } of accepted) {
    const aliases = result.ok ? result.manifest.aliases : [];
    const found = aliases.find((each) => each.a.text === a && each.b.text === b);
    assert.is(found?.exception?.reason, reason);
  }
  return text;
}

test('without aliases, a list is added after the pairs', () => {
  assert.is(edited(manifest(''), X), manifest(`\t"aliases": [\n\t\t${ELEMENT}\n\t],\n`));
});

test('a manifest on one line stays on one line', () => {
  const source = '{"pairs": [{"a":"live","b":"release"}], "fix_direction":"live_to_submodule"}';
  assert.is(edited(source, X), source.replace('], "fix', `], "aliases": [${ELEMENT}], "fix`));
});

test('an empty list, or an empty object, becomes a list of one', () => {
  for (const empty of ['[]', '{}', '{ }']) {
    assert.is(edited(manifest(`\t"aliases": ${empty},\n`), X), manifest(`\t"aliases": [\n\t\t${ELEMENT}\n\t],\n`));
  }
});

test('a list, an object: one more element, in the format of the others', () => {
  const one = '{ "a":"live/o",  "b": "release/n" }';
  assert.is(
    edited(manifest(`\t"aliases": [\n\t\t  ${one}\n\t],\n`), X),
    manifest(`\t"aliases": [\n\t\t  ${one},\n\t\t  ${ELEMENT}\n\t],\n`),
  );
  assert.is(
    edited(manifest('\t"aliases": { "live/o": "release/n" },\n'), X),
    manifest(`\t"aliases": { "live/o": "release/n", "live/x": ${VALUE} },\n`),
  );
});

test('a rule, a note and keys of other programs stay', () => {
  const old = '{ "b": "release/x", "own": ["front_matter"], "note": "why", "x-owner": ["docs"] }';
  assert.is(
    edited(manifest(`\t"aliases": { "live/x": ${old} },\n`), X),
    manifest(
      `\t"aliases": { "live/x": ${VALUE.replace(/ }$/, ', "own": ["front_matter"], "note": "why", "x-owner": ["docs"] }')} },\n`,
    ),
  );
});

test('the existing entry of the two is replaced: an alias, or an exception that has lapsed', () => {
  for (const known of ['"release/x"', '{ "b": "release/x", "exception": "old" }']) {
    assert.is(
      edited(manifest(`\t"aliases": { "live/x":  ${known} },\n`), X),
      manifest(`\t"aliases": { "live/x":  ${VALUE} },\n`),
    );
    assert.is(
      edited(manifest(`\t"aliases": [{ "live/x": ${known} }],\n`), X),
      manifest(`\t"aliases": [{ "live/x": ${VALUE} }],\n`),
    );
  }
  assert.is(
    edited(manifest('\t"aliases": [ { "b": "release/x", "a": "live/x" } ],\n'), X),
    manifest(`\t"aliases": [ ${ELEMENT} ],\n`),
  );
});

test('an object that has the name for another copy becomes a list of objects, each unchanged', () => {
  const second = { ...X, b: 'pack/x' };
  const text = edited(manifest('\t"aliases": {\n\t\t"live/x":  "release/x",\n\t\t"live/o": "pack/n"\n\t},\n'), second);
  assert.is(
    text,
    manifest(
      `\t"aliases": [\n\t\t{ "live/x":  "release/x" },\n\t\t{ "live/o": "pack/n" },\n\t\t${ELEMENT.replace('release/x', 'pack/x')}\n\t],\n`,
    ),
  );
});

test('the line ends of the file are kept', () => {
  const text = edited(manifest('').replaceAll('\n', '\r\n'), X);
  assert.not.match(text.replaceAll('\r\n', ''), /[\r\n]/);
});

test.run();
