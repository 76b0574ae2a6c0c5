import { testStates } from '../support/random-states-suite.js';

testStates(7);
