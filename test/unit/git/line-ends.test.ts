import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseEol } from '../../../src/git/line-ends.js';

const test = suite('line ends that git add keeps');

// As git prints them: columns are padded, and a path may contain any byte.
const ROWS: readonly (readonly [string, string | undefined])[] = [
  ['i/crlf  w/crlf  attr/                 ', 'configuration'],
  ['i/mixed w/lf    attr/                 ', 'configuration'],
  ['i/crlf  w/      attr/text=auto        ', 'attribute'],
  ['i/mixed w/mixed attr/text=auto eol=lf ', 'attribute'],
  ['i/crlf  w/crlf  attr/text=auto eol=crlf', 'attribute'],
  ['i/crlf  w/crlf  attr/text             ', undefined],
  ['i/crlf  w/crlf  attr/text eol=lf      ', undefined],
  ['i/crlf  w/crlf  attr/-text            ', undefined],
  ['i/-text w/crlf  attr/                 ', undefined],
  ['i/lf    w/crlf  attr/                 ', undefined],
  ['i/none  w/crlf  attr/text=auto        ', undefined],
  ['i/      w/      attr/                 ', undefined],
];

for (const [columns, by] of ROWS) {
  test(columns, () => {
    const name = 'a\tb i/crlf';
    assert.equal([...parseEol(Buffer.from(`${columns}\t${name}\0`))], by === undefined ? [] : [[name, by]]);
  });
}

test.run();
