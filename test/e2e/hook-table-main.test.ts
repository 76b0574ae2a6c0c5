import { testPlace } from '../support/hook-table-suite.js';

testPlace('main checkout');
