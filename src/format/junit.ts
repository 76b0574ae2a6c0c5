// The report as JUnit XML: one suite per declared pair, one test case per file pair.
// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd

import { textOf } from '../git/path.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { NOTHING_WAS_COMPARED } from '../messages/ci.js';
import { show } from '../messages/show.js';
import { type CheckReport, locatedIn } from './check-report.js';
import { sayWhyUnread } from './unchecked.js';

export function formatJunit(report: CheckReport): string[] {
  const messages = new Map(locatedIn(report).map(({ verdict, message }) => [verdict, message]));
  const suites = [...report.totals.pairs.keys()].flatMap((key) => {
    const verdicts = report.verdicts.filter(({ pair }) => pair.key === key);
    return verdicts.length === 0 ? [] : formatSuite(key, verdicts, messages);
  });
  const nothing = report.exitCode === 2 ? formatNothing() : [];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="dos-sync">',
    ...nothing,
    ...suites,
    '</testsuites>',
  ];
}

function formatSuite(key: string, verdicts: readonly Verdict[], messages: ReadonlyMap<Verdict, string>): string[] {
  const failures = verdicts.filter(isOutOfSync).length;
  const skipped = verdicts.filter(({ status }) => status === 'UNCHECKED').length;
  const counts = attributes({ tests: verdicts.length, failures, errors: 0, skipped });
  return [
    `  <testsuite name="${escapeXml(key)}" ${counts}>`,
    ...verdicts.flatMap((each) => formatTest(key, each, messages.get(each))),
    '  </testsuite>',
  ];
}

function formatTest(key: string, { pair, status, unread }: Verdict, message: string | undefined): string[] {
  const name = `name="${escapeXml(textOf(pair.relativePath))}" classname="${escapeXml(key)}"`;
  if (message !== undefined) {
    const failure = `<failure message="${escapeXml(message)}" type="${status}"></failure>`;
    return [`    <testcase ${name}>`, `      ${failure}`, '    </testcase>'];
  }
  if (unread === undefined) return [`    <testcase ${name}></testcase>`];
  const skipped = `<skipped message="${escapeXml(sayWhyUnread(unread))}"></skipped>`;
  return [`    <testcase ${name}>`, `      ${skipped}`, '    </testcase>'];
}

function formatNothing(): string[] {
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
