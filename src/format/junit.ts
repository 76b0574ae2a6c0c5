// The report as JUnit XML: one suite per pair of the manifest, one test case per file pair.
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd

import { textOf } from '../git/path.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { NOTHING_WAS_COMPARED } from '../messages/ci.js';
import { show } from '../messages/show.js';
import { type CheckReport, findingsOf } from './check-report.js';
import { sayWhyUnread } from './unchecked.js';

export function layOutJunit(report: CheckReport): string[] {
  const messages = new Map(findingsOf(report).map(({ judgement, message }) => [judgement, message]));
  const suites = [...report.totals.pairs.keys()].flatMap((key) => {
    const cases = report.judgements.filter(({ pair }) => pair.key === key);
    return cases.length === 0 ? [] : layOutSuite(key, cases, messages);
  });
  const nothing = report.exitCode === 2 ? layOutNothing() : [];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="dos-sync">',
    ...nothing,
    ...suites,
    '</testsuites>',
  ];
}

function layOutSuite(key: string, cases: readonly Judgement[], messages: ReadonlyMap<Judgement, string>): string[] {
  const failures = cases.filter(isFinding).length;
  const skipped = cases.filter(({ status }) => status === 'UNCHECKED').length;
  const counts = attributes({ tests: cases.length, failures, errors: 0, skipped });
  return [
    `  <testsuite name="${escapeXml(key)}" ${counts}>`,
    ...cases.flatMap((each) => layOutTest(key, each, messages.get(each))),
    '  </testsuite>',
  ];
}

function layOutTest(key: string, { pair, status, unread }: Judgement, message: string | undefined): string[] {
  const name = `name="${escapeXml(textOf(pair.relativePath))}" classname="${escapeXml(key)}"`;
  if (message !== undefined) {
    const failure = `<failure message="${escapeXml(message)}" type="${status}"></failure>`;
    return [`    <testcase ${name}>`, `      ${failure}`, '    </testcase>'];
  }
  if (unread === undefined) return [`    <testcase ${name}></testcase>`];
  const skipped = `<skipped message="${escapeXml(sayWhyUnread(unread))}"></skipped>`;
  return [`    <testcase ${name}>`, `      ${skipped}`, '    </testcase>'];
}

function layOutNothing(): string[] {
  return [
    `  <testsuite name="dos-sync" ${attributes({ tests: 1, failures: 0, errors: 1, skipped: 0 })}>`,
    '    <testcase name="check" classname="dos-sync">',
    `      <error message="${escapeXml(NOTHING_WAS_COMPARED)}" type="could-not-check"></error>`,
    '    </testcase>',
    '  </testsuite>',
  ];
}

function attributes(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}

function escapeXml(text: string): string {
  return show(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
