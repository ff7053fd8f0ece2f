import type { FailedNodesRule, FailedNodesScope } from '../rule.ts';

const messages = {
  mark: 'The file begins with a byte order mark. The restart stage fails on it.',
  other: 'The file is {encoding}. The restart stage reads it as UTF-8 and fails.',
  bytes: 'The file has bytes that are not UTF-8. The restart stage reads it as UTF-8 and fails.',
  saveWithout: 'Save without byte order mark',
  save: 'Save as UTF-8',
} as const;

/** Omnia reads it with `b64decode | from_json`, which takes UTF-8 without byte order mark only (omnia.md section 3.3). */
export const encoding: FailedNodesRule = {
  code: 'failed-nodes-encoding',
  level: 'error',
  messages,
  check(scope, report) {
    const { lines, text } = scope.document;
    const range = lines.range(0, Math.min(1, text.length));
    const held = scope.encoding?.kind === 'other' ? scope.encoding.name : undefined;
    if (isMarked(scope)) report(range, messages.mark);
    else if (held !== undefined || scope.document.bytes === 'utf-16') {
      report(range, messages.other, { encoding: held ?? 'UTF-16' });
    } else if (scope.encoding?.kind === 'not-utf8') report(range, messages.bytes);
  },
  fixes({ message }) {
    const title = message === messages.mark ? messages.saveWithout : messages.save;
    return [{ title, params: {}, edits: [], reencode: true }];
  },
};

function isMarked({ document, encoding: held }: FailedNodesScope): boolean {
  return document.bytes === 'byte-order-mark' || (held?.kind === 'other' && held.name === 'utf8bom');
}
