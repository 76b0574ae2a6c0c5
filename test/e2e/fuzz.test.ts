import { suite } from 'uvu';
import { PURE } from '../fuzz/pure.js';
import { WITH_GIT } from '../fuzz/with-git.js';

const test = suite('a few runs of each property');

// The same each time, so that a change is what turns it red; npm run lab -- fuzz takes a new seed.
const seed = 20_261_125;

for (const { name, few, run } of [...PURE, ...WITH_GIT]) test(name, () => run(few, seed));

test.run();
