import { testStates } from '../support/random-states-suite.js';
import { RULED_SHAPES } from '../support/ruled-shapes.js';

testStates(1, RULED_SHAPES);
