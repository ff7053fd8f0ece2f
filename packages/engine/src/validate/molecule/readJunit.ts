import type { TestCase, TestOutcome } from '@omnia-buildstream/core/testReport/types';

const attributes = String.raw`((?:[^>"']|"[^"]*"|'[^']*')*?)`;
const testcase = new RegExp(String.raw`<testcase\b${attributes}(?:/>|>([^]*?)</testcase\s*>)`, 'g');
const verdict = new RegExp(String.raw`<(failure|error|skipped)\b${attributes}(?:/>|>([^]*?)</\1\s*>)`);

const outcomes: Readonly<Record<string, TestOutcome>> = { failure: 'failed', error: 'error', skipped: 'skipped' };
const maxMessageUnits = 2_000;

/** The cases of a JUnit XML report, as pytest and Ansible write it; undefined when it is none. */
export function readJunit(text: string): readonly TestCase[] | undefined {
  if (!/<testsuites?\b/.test(text)) return undefined;
  // Output of tests may look like anything; as escaped text it looks like nothing.
  const plain = text
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<!\[CDATA\[([^]*?)\]\]>/g, (_, inner: string) => inner.replace(/&/g, '&amp;').replace(/</g, '&lt;'));
  return [...plain.matchAll(testcase)].map(([, head = '', body = '']) => {
    const name = attribute(head, 'name') ?? '';
    const group = attribute(head, 'classname') ?? '';
    const [, kind, about = '', inner = ''] = verdict.exec(body) ?? [];
    const message = attribute(about, 'message') ?? decode(inner).trim();
    const id = group === '' ? name : `${group}/${name}`;
    return {
      id,
      title: name,
      hostname: '',
      outcome: kind === undefined ? 'passed' : (outcomes[kind] ?? 'error'),
      message: message.slice(0, maxMessageUnits),
      advice: '',
      durationMs: Math.round((Number(attribute(head, 'time')) || 0) * 1000),
    };
  });
}

function attribute(text: string, name: string): string | undefined {
  const [, double, single] = new RegExp(String.raw`(?:^|\s)${name}\s*=\s*(?:"([^"]*)"|'([^']*)')`).exec(text) ?? [];
  const found = double ?? single;
  return found === undefined ? undefined : decode(found);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
