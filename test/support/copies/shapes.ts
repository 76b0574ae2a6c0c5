// Repositories with known copies: one shape for each way in which copies, and similar files, come
// about.

import { HARD_SHAPES } from './hard-shapes.js';
import { editTogether, FILES, NAMES, type Shape, treeSets, under, writeBackground, writeTree } from './trees.js';

const PROVIDERS = ['.agents', '.cursor', '.gemini', '.codex', '.grok', '.kiro', '.windsurf', '.qoder', '.trae', '.roo'];

const keptTrees: Shape = {
  name: 'two directories kept in step',
  make(history) {
    const places = history.random.pick([
      ['lib/shared', 'services/api/shared'],
      ['tools/kit', 'dist/kit'],
      ['skills/mem', 'plugins/memory/skill'],
    ]);
    const names = history.random.some(FILES, 5);
    writeTree(history, places, names);
    history.commit();
    editTogether(history, places, names, history.random.between(2, 5));
    return treeSets(places, names);
  },
};

const equalTrees: Shape = {
  name: 'two equal directories, one commit',
  make(history) {
    const places = history.random.pick([
      ['shared/schema', 'clients/web/src/schema'],
      ['protocol', 'firmware/include/protocol'],
    ]);
    const names = history.random.some(FILES, 4);
    writeTree(history, places, names);
    history.commit();
    return treeSets(places, names);
  },
};

const keptFile: Shape = {
  name: 'one file on both sides of a wire',
  make(history) {
    const files = ['server/src/api-types.ts', 'web/src/lib/api-types.ts'];
    history.writeAll(files);
    history.commit();
    for (let at = 0; at < history.random.between(2, 4); at += 1) {
      history.edit(...files);
      history.commit();
    }
    return [{ files }];
  },
};

const followed: Shape = {
  name: 'a copy that follows one commit later',
  make(history) {
    const [source, copy] = ['packages/engine/native/headers', 'bindings/headers'];
    const names = history.random.some(FILES, 3);
    writeTree(history, [source, copy], names);
    history.commit();
    for (let at = 0; at < 3; at += 1) {
      const name = history.random.pick(names);
      history.edit(`${source}/${name}`);
      history.commit();
      history.copy(`${source}/${name}`, `${copy}/${name}`);
      history.commit();
    }
    return treeSets([source, copy], names);
  },
};

const drifted: Shape = {
  name: 'kept in step, and forgotten at last',
  make(history) {
    const places = ['content/rules', 'site/data/rules'];
    writeTree(history, places, FILES);
    history.commit();
    editTogether(history, places, FILES, 4);
    for (const name of history.random.some(FILES, 2)) history.edit(`${places[0]}/${name}`);
    history.commit();
    return treeSets(places, FILES);
  },
};

const instructions: Shape = {
  name: 'instructions under two names',
  make(history) {
    const places = ['', ...history.random.some(NAMES, 4).map((name) => `packages/${name}/`)];
    const sets = places.map((place) => ({ files: [`${place}AGENTS.md`, `${place}CLAUDE.md`] }));
    for (const { files } of sets) history.writeAll(files);
    history.commit();
    return sets;
  },
};

const otherTwins: Shape = {
  name: 'names that belong together, and never were equal',
  make(history) {
    for (const place of ['', ...history.random.some(NAMES, 4).map((name) => `packages/${name}/`)]) {
      history.write(`${place}AGENTS.md`, history.text());
      history.write(`${place}CLAUDE.md`, history.text());
    }
    history.commit();
    history.edit('AGENTS.md');
    history.commit();
    return [];
  },
};

const stubs: Shape = {
  name: 'stubs that each got its own text',
  make(history) {
    const file = history.random.pick(['guide.md', 'config.json', 'README.md', 'package.json']);
    const paths = NAMES.map((name) => `plugins/${name}/${file}`);
    history.writeAll(paths);
    history.commit();
    for (const path of paths) {
      history.edit(path);
      history.edit(path);
      history.commit();
    }
    return [];
  },
};

const stubsLeft: Shape = {
  name: 'stubs of which some are not written yet',
  make(history) {
    const paths = NAMES.map((name) => `modules/${name}/guide.md`);
    history.writeAll(paths);
    history.commit();
    for (const path of history.random.some(paths, history.random.between(5, 7))) {
      history.write(path, history.text());
      history.commit();
    }
    return [];
  },
};

const scaffolds: Shape = {
  name: 'directories from one scaffold, long gone apart',
  make(history) {
    const places = ['apps/admin', 'apps/shop', 'apps/blog'];
    writeTree(history, places, FILES);
    history.commit();
    for (const path of places.flatMap((place) => under(place, history.random.some(FILES, 6)))) history.edit(path);
    history.commit();
    return [];
  },
};

const boilerplate: Shape = {
  name: 'packages with the same configuration',
  make(history) {
    const places = history.random.some(NAMES, 8).map((name) => `packages/${name}`);
    for (const file of ['tsconfig.json', '.eslintrc.json', 'jest.config.js', '.npmignore']) {
      history.writeAll(places.map((place) => `${place}/${file}`));
    }
    for (const place of places) {
      for (const file of ['package.json', 'src/index.ts', 'src/main.ts', 'README.md']) {
        history.write(`${place}/${file}`, history.text());
      }
    }
    history.commit();
    for (const place of history.random.some(places, 4)) history.edit(`${place}/package.json`);
    history.commit();
    return [];
  },
};

const versions: Shape = {
  name: 'documentation of several versions',
  make(history) {
    const places = history.random.pick([
      ['docs/v1.0', 'docs/v1.1', 'docs/v2.0'],
      ['docs', 'versioned_docs/version-1.0', 'versioned_docs/version-2.0'],
      ['manual/next', 'manual/3.1', 'manual/3.2'],
    ]);
    writeTree(history, places, FILES);
    history.commit();
    editTogether(history, places, FILES, 3);
    history.edit(`${places[0]}/${FILES[0]}`);
    history.commit();
    return [];
  },
};

const someChildren: Shape = {
  name: 'two collections that share some of their children',
  make(history) {
    const [source, copy] = ['skills', history.random.pick(['.agents/skills', '.cursor/skills', 'dist/skills'])];
    const shared = history.random.some(NAMES, history.random.between(3, 6));
    for (const name of NAMES) {
      const places = shared.includes(name) ? [source, copy] : [history.random.pick([source, source, copy])];
      for (const file of ['SKILL.md', 'scripts/run.py']) {
        history.writeAll(places.map((place) => `${place}/${name}/${file}`));
      }
    }
    history.commit();
    const names = shared.flatMap((name) => [`${name}/SKILL.md`, `${name}/scripts/run.py`]);
    return treeSets([source, copy], names);
  },
};

const providers: Shape = {
  name: 'one tree for many tools',
  make(history) {
    const tools = history.random.some(PROVIDERS, history.random.between(5, 9));
    const places = ['skill', ...tools.map((tool) => `${tool}/skills/helper`)];
    writeTree(history, places, FILES);
    for (const place of places) history.write(`${place}/SKILL.md`, history.text());
    history.commit();
    editTogether(history, places, FILES, 3);
    return treeSets(places, FILES);
  },
};

const topSource: Shape = {
  name: 'a file at the top, and in every package',
  make(history) {
    const file = history.random.pick(['LICENSE', 'NOTICE', 'LICENSE.txt']);
    const copies = history.random.some(NAMES, history.random.between(4, 9)).map((name) => `packages/${name}/${file}`);
    history.writeAll([file, ...copies]);
    history.commit();
    if (history.random.next() < 0.5) history.edit(file);
    else history.edit(file, ...copies);
    history.commit();
    return [{ files: [file, ...copies], source: file }];
  },
};

const othersAmong: Shape = {
  name: 'equal files, and others of that name',
  make(history) {
    const names = history.random.some(NAMES, history.random.between(7, 10));
    const copies = names.slice(3).map((name) => `skills/${name}/LICENSE.txt`);
    history.writeAll(copies);
    for (const name of names.slice(0, 3)) history.write(`skills/${name}/LICENSE.txt`, history.text());
    for (const name of names) history.write(`skills/${name}/SKILL.md`, history.text());
    history.commit();
    return [{ files: copies }];
  },
};

const recorded: Shape = {
  name: 'what runs have left',
  make(history) {
    const places = history.random.pick([
      ['bench/results/one', 'bench/results/two'],
      ['test/__snapshots__/a', 'test/__snapshots__/b'],
      ['test/fixtures/left', 'test/fixtures/right'],
      ['src/pages', '.worktrees/feature/src/pages'],
    ]);
    writeTree(history, places, FILES);
    history.commit();
    editTogether(history, places, FILES, 3);
    return [];
  },
};

const generated: Shape = {
  name: 'generated code, and lock files',
  make(history) {
    const places = ['clients/go/generated', 'clients/js/generated'];
    writeTree(history, places, history.random.some(FILES, 4));
    const locks = history.random.some(NAMES, 5).map((name) => `apps/${name}/package-lock.json`);
    history.writeAll(locks);
    history.writeAll(history.random.some(NAMES, 4).map((name) => `services/${name}/poetry.lock`));
    history.commit();
    for (let at = 0; at < 3; at += 1) {
      history.edit(...locks);
      history.commit();
    }
    return [];
  },
};

const executable: Shape = {
  name: 'scripts of which some cannot be run',
  make(history) {
    const names = history.random.some(NAMES, 7);
    const [runnable, plain] = [names.slice(0, 5), names.slice(5)].map((some) =>
      some.map((name) => `services/${name}/start.sh`),
    );
    const content = history.text();
    history.writeAll(runnable ?? [], content, true);
    history.writeAll(plain ?? [], content, false);
    history.commit();
    return [{ files: runnable ?? [] }];
  },
};

const directoryFanOut: Shape = {
  name: 'one directory in every application',
  make(history) {
    const apps = history.random.some(NAMES, history.random.between(4, 8)).map((name) => `apps/${name}`);
    const places = ['templates/widgets', ...apps.map((app) => `${app}/src/widgets`)];
    writeTree(history, places, FILES);
    for (const app of apps) history.write(`${app}/src/start.ts`, history.text());
    history.commit();
    editTogether(history, places, FILES, 2);
    return treeSets(places, FILES);
  },
};

const renamed: Shape = {
  name: 'copies whose directory was renamed',
  make(history) {
    const names = history.random.some(FILES, 5);
    const [source, before, after] = ['core/format', 'old-tools/format', 'tooling/format'];
    writeTree(history, [source, before], names);
    history.commit();
    editTogether(history, [source, before], names, 3);
    for (const name of names) history.move(`${before}/${name}`, `${after}/${name}`);
    history.commit();
    for (const name of history.random.some(names, 2)) history.edit(`${source}/${name}`);
    history.commit();
    return treeSets([source, after], names);
  },
};

const otherNames: Shape = {
  name: 'copies of which some have another name',
  make(history) {
    const [source, copy] = ['live/memory', 'releases/stable/memory'];
    writeTree(history, [source, copy], FILES);
    history.writeAll([`${source}/bridge_local.py`, `${copy}/bridge.py`]);
    history.write(`${source}/README.md`, history.text());
    history.write(`${copy}/README.md`, history.text());
    history.write(`${source}/notes.local.md`, history.text());
    history.commit();
    return [...treeSets([source, copy], FILES), { files: [`${source}/bridge_local.py`, `${copy}/bridge.py`] }];
  },
};

const trials: Shape = {
  name: 'examples and tests that repeat themselves',
  make(history) {
    const places = history.random.some(NAMES, 3).map((name) => `examples/${name}`);
    writeTree(history, places, history.random.some(FILES, 4));
    for (const place of places) history.write(`${place}/start.ts`, history.text());
    history.writeAll(history.random.some(NAMES, 5).map((name) => `tests/${name}/setup.ts`));
    history.commit();
    return [];
  },
};

const nothing: Shape = {
  name: 'no copies at all',
  make(history) {
    for (const name of NAMES) {
      for (const file of FILES) history.write(`modules/${name}/${file}`, history.text());
      history.write(`modules/${name}/empty.txt`, '');
    }
    history.commit();
    return [];
  },
};

const chain: Shape = {
  name: 'live, released, packaged',
  make(history) {
    const places = ['live/tool', 'releases/tool', 'packs/tool/src'];
    writeTree(history, places, FILES);
    history.commit();
    editTogether(history, places, FILES, 2);
    return treeSets(places, FILES);
  },
};

const SHAPES: readonly Shape[] = [
  keptTrees,
  equalTrees,
  keptFile,
  followed,
  drifted,
  instructions,
  otherTwins,
  stubs,
  stubsLeft,
  scaffolds,
  boilerplate,
  versions,
  someChildren,
  providers,
  topSource,
  othersAmong,
  recorded,
  generated,
  executable,
  directoryFanOut,
  renamed,
  otherNames,
  trials,
  nothing,
  chain,
  ...HARD_SHAPES,
];

/** Each with other files around it. */
export const ALL_SHAPES: readonly Shape[] = SHAPES.map(({ name, make }) => ({
  name,
  make(history) {
    writeBackground(history);
    return make(history);
  },
}));
