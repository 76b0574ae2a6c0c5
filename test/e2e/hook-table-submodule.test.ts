import { testPlace } from '../support/hook-table-suite.js';

testPlace('inside a submodule');
