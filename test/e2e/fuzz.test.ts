import { suite } from 'uvu';
import { PURE } from '../fuzz/pure.js';
import { WITH_GIT } from '../fuzz/with-git.js';

const test = suite('a few runs of each property');

// A new seed each time; a counterexample is printed with it.
const seed = Date.now() % 1_000_000;

for (const { name, few, run } of [...PURE, ...WITH_GIT]) test(name, () => run(few, seed));

test.run();
