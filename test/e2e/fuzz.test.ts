import { suite } from 'uvu';
import { PURE } from '../fuzz/pure.js';
import { WITH_GIT } from '../fuzz/with-git.js';

const test = suite('a few runs of each property');

// A fixed seed, so that only a change of the code can make it fail; npm run lab -- fuzz takes a new
// one.
const seed = 20_261_125;

for (const { name, few, run } of [...PURE, ...WITH_GIT]) test(name, () => run(few, seed));

test.run();
