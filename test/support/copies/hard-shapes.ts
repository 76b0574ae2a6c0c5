// Shapes after real repositories in which copies are hard to tell from what only looks like them.

import type { History } from './history.js';
import { type CopySet, editTogether, FILES, NAMES, type Shape, treeSets, under, writeTree } from './trees.js';

/** `skills/mem` is packed as `packs/mem/src`; a pack has other files too. */
function writePacks(history: History): readonly CopySet[] {
  const packed = history.random.some(NAMES, history.random.between(4, 7));
  for (const name of NAMES) {
    const places = [`skills/${name}`, ...(packed.includes(name) ? [`packs/${name}/src`] : [])];
    writeTree(history, places, ['SKILL.md', 'scripts/run.py']);
    if (places.length === 1) continue;
    for (const file of ['README.md', 'package.json']) history.write(`packs/${name}/${file}`, history.text());
  }
  history.commit();
  const pairs = packed.map((name) => [`skills/${name}`, `packs/${name}/src`]);
  for (const places of history.random.some(pairs, 3)) editTogether(history, places, ['SKILL.md'], 1);
  return pairs.flatMap((places) => treeSets(places, ['SKILL.md', 'scripts/run.py']));
}

/** Both licences are in each package; one package has its own. */
function writeLicences(history: History): readonly CopySet[] {
  const [own = '', ...names] = history.random.some(NAMES, history.random.between(6, 9));
  const sets = ['LICENSE-APACHE', 'LICENSE-MIT'].map((file) => {
    const files = [file, ...names.map((name) => `crates/${name}/${file}`)];
    history.writeAll(files);
    history.write(`crates/${own}/${file}`, history.text());
    return { files, source: file };
  });
  for (const name of names) history.write(`crates/${name}/Cargo.toml`, history.text());
  history.commit();
  return sets;
}

/** All begin as one text; a tool adds new lines to all of them, and people translate them. */
function writeLocales(history: History): readonly CopySet[] {
  const places = ['en', 'de', 'fr', 'ja', 'pt'].map((language) => `web/locales/${language}`);
  const files = ['common.json', 'errors.json', 'settings.json', 'billing.json'];
  writeTree(history, places, files);
  history.commit();
  for (const place of places.slice(1)) {
    for (const file of history.random.some(files, 3)) history.write(`${place}/${file}`, history.text());
    history.commit();
  }
  editTogether(history, places, files, 3);
  return [];
}

function writeVersions(history: History): readonly CopySet[] {
  const places = ['docs/v1', 'docs/v2', 'docs/v3'];
  writeTree(history, places, under('api', FILES));
  history.commit();
  editTogether(history, places, under('api', FILES), 3);
  return [];
}

const packs: Shape = { name: 'some of the skills, each in a package', make: writePacks };
const licences: Shape = { name: 'two licences in every package', make: writeLicences };
const locales: Shape = { name: 'texts that are translated', make: writeLocales };

const headers: Shape = {
  name: 'a few headers of many, copied now and then',
  make(history) {
    const [source, copy] = ['include/uapi', 'tools/include/uapi'];
    const all = NAMES.flatMap((name) => ['net', 'fs', 'sound'].map((part) => `${part}/${name}.h`));
    const used = history.random.some(all, history.random.between(5, 8));
    for (const file of all) history.write(`${source}/${file}`, history.text());
    for (const file of used) history.copy(`${source}/${file}`, `${copy}/${file}`);
    history.commit();
    for (let round = 0; round < 3; round += 1) {
      const edited = history.random.some(used, 3);
      for (const file of [...edited, ...history.random.some(all, 5)]) {
        history.edit(`${source}/${file}`);
        history.commit();
      }
      for (const file of used) history.copy(`${source}/${file}`, `${copy}/${file}`);
      history.commit();
    }
    history.edit(`${source}/${used[0]}`);
    history.commit();
    return treeSets([source, copy], used);
  },
};

const readme: Shape = {
  name: 'the README of the main package is that of the top',
  make(history) {
    const files = ['README.md', 'packages/cli/README.md'];
    history.writeAll(files);
    for (const name of history.random.some(NAMES, 5)) history.write(`packages/${name}/README.md`, history.text());
    history.commit();
    for (let at = 0; at < 3; at += 1) {
      history.edit(...files);
      history.commit();
    }
    return [{ files }];
  },
};

const deeperLeads: Shape = {
  name: 'the deeper directory leads, the other follows',
  make(history) {
    const [source, copy] = ['apps/server/src/main/schema', 'schema'];
    const names = history.random.some(FILES, 4);
    writeTree(history, [source, copy], names);
    history.commit();
    for (let at = 0; at < 4; at += 1) {
      const name = history.random.pick(names);
      history.edit(`${source}/${name}`);
      history.commit();
      history.copy(`${source}/${name}`, `${copy}/${name}`);
      history.commit();
    }
    return treeSets([source, copy], names);
  },
};

const together: Shape = {
  name: 'several of these in one repository',
  make: (history) => [writePacks, writeLicences, writeLocales, writeVersions].flatMap((write) => write(history)),
};

const fourPlaces: Shape = {
  name: 'live, released, packed, and for another tool',
  make(history) {
    const released = history.random.some(NAMES, history.random.between(4, 7));
    const places = released.map(
      (name) =>
        [`skills/${name}`, `releases/current/skills/${name}`, `Packs/${name}/src`, `.agents/skills/${name}`] as const,
    );
    for (const [at, all] of places.entries()) {
      writeTree(history, all, ['SKILL.md', 'scripts/run.py']);
      history.write(`Packs/${released[at]}/README.md`, history.text());
    }
    history.write('skills/own/SKILL.md', history.text());
    history.commit();
    for (const all of history.random.some(places, 2)) editTogether(history, all, ['SKILL.md'], 1);
    history.edit(`${history.random.pick(places)[0]}/SKILL.md`);
    history.commit();
    return places.flatMap((all) => treeSets(all, ['SKILL.md', 'scripts/run.py']));
  },
};

export const HARD_SHAPES: readonly Shape[] = [
  packs,
  licences,
  locales,
  headers,
  readme,
  deeperLeads,
  fourPlaces,
  together,
];
