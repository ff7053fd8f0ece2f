import type { TestCase, TestOutcome } from '@omnia-buildstream/core/testReport/types';
import { SaxesParser, type SaxesTagPlain } from 'saxes';

const outcomes: Readonly<Record<string, TestOutcome>> = { failure: 'failed', error: 'error', skipped: 'skipped' };
const maxMessageUnits = 2_000;

/** What is known of a case while its element is open. */
interface OpenCase {
  readonly attributes: SaxesTagPlain['attributes'];
  verdict: { readonly name: string; readonly message: string | undefined; text: string } | undefined;
}

/**
 * The cases of a JUnit XML report, as pytest and Ansible write it; undefined when it is not one, or not well-formed XML
 * (a report whose writer was killed says nothing for certain). The first verdict of a case counts.
 */
export function readJunit(text: string): readonly TestCase[] | undefined {
  const parser = new SaxesParser();
  const cases: TestCase[] = [];
  const path: string[] = [];
  let open: OpenCase | undefined;
  const seen = { report: false, fault: false };
  const addText = (part: string): void => {
    const { verdict } = open ?? {};
    if (verdict !== undefined && path.includes(verdict.name)) verdict.text += part;
  };
  parser.on('error', () => (seen.fault = true));
  parser.on('opentag', ({ name, attributes }) => {
    seen.report ||= path.length === 0 && (name === 'testsuites' || name === 'testsuite');
    if (name === 'testcase') open = { attributes, verdict: undefined };
    else if (open !== undefined && path.at(-1) === 'testcase' && name in outcomes)
      open.verdict ??= { name, message: attributes['message'], text: '' };
    path.push(name);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ name }) => {
    path.pop();
    if (name !== 'testcase' || open === undefined) return;
    cases.push(closed(open));
    open = undefined;
  });
  parser.write(text.replace(/^\ufeff/, '')).close();
  return seen.report && !seen.fault ? cases : undefined;
}

function closed({ attributes, verdict }: OpenCase): TestCase {
  const name = attributes['name'] ?? '';
  const group = attributes['classname'] ?? '';
  const message = verdict?.message ?? verdict?.text.trim() ?? '';
  return {
    id: group === '' ? name : `${group}/${name}`,
    title: name,
    hostname: '',
    outcome: verdict === undefined ? 'passed' : (outcomes[verdict.name] ?? 'error'),
    message: message.slice(0, maxMessageUnits),
    advice: '',
    durationMs: Math.round((Number(attributes['time']) || 0) * 1000),
  };
}
