import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { canonicalHeader, dualStackHeader, requiredColumns } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

/** What Omnia does not see because of how its CSV reader handles quotes, marks and lengths (omnia.md section 1.2). */

const classic = ['2.1', '2.2'] as const;

function cells(at: number): string[] {
  const n = String(at);
  const own = [`TAG000${n}`, '', `node${n}`, `02:00:00:00:01:0${n}`, `10.5.0.1${n}`, `02:00:00:00:02:0${n}`];
  return ['login_node_x86_64', 'grp0', ...own, `10.6.0.1${n}`];
}

const rowsBelow = [1, 2, 3].map((at) => cells(at).join(','));

function judged(text: string, version: OmniaVersion) {
  const { model } = modelAt(text, { version });
  const found = model.sortedFindings();
  const errors = found.filter((finding) => severityOf(finding, model.settings) === 'error');
  return { model, found, errors, codes: found.map(({ rule }) => rule.code) };
}

suite('a quote that is never closed', () => {
  const header = fc.shuffledSubarray([...canonicalHeader], { minLength: 11 });

  test('in the last name of the header: 2.1 and 2.2 miss the column, or find no nodes; the fix brings them back', () => {
    fc.assert(
      fc.property(header, fc.constantFrom(...classic), (names, version) => {
        const last = names.at(-1) ?? 'IB_IP';
        const good = [names.join(','), ...rowsOf(names)].join('\n');
        const { model, errors } = judged(good.replace(/(?<=,)[A-Z_]+\n/, `"${last}\n`), version);
        const [error] = errors;
        assert.equal(error?.rule.code, requiredColumns.includes(last) ? 'missing-column' : 'no-data');
        const [fix] = model.fixes(error);
        assert.equal(judged(applyEdits(model.document.text(), fix?.edits ?? []), version).errors.length, 0);
      }),
      { numRuns: 60 },
    );
  });

  function rowsOf(names: readonly string[]): string[] {
    return [1, 2].map((at) => {
      const valueOf = new Map<string, string>(requiredColumns.map((name, cell) => [name, cells(at)[cell] ?? '']));
      return names.map((name) => valueOf.get(name) ?? '').join(',');
    });
  }

  for (const version of classic) {
    test(`in an ignored cell: ${version} accepts the file, and is said to lose the rows below`, () => {
      for (const place of ['unknown column', 'surplus cell'] as const) {
        const head = place === 'unknown column' ? [...requiredColumns, 'NOTE'] : requiredColumns;
        const text = [head.join(','), `${cells(4).join(',')},"see below`, ...rowsBelow].join('\n');
        const { errors, found } = judged(text, version);
        assert.deepEqual(errors, [], place);
        const quote = found.find(({ rule }) => rule.code === 'csv-syntax');
        assert.match(quote?.message ?? '', /nodes in them are lost/);
      }
    });

    test(`in the last row nothing is lost in ${version}`, () => {
      const text = [[...requiredColumns, 'NOTE'].join(','), ...rowsBelow, `${cells(4).join(',')},"end`, ''].join('\n');
      const quote = judged(text, version).found.find(({ rule }) => rule.code === 'csv-syntax');
      assert.doesNotMatch(quote?.message ?? '', /lost/);
    });
  }

  test('2.3 refuses it wherever it stands', () => {
    for (const version of omniaVersions.filter((one) => !classic.some((other) => other === one))) {
      const text = [canonicalHeader.join(','), `${cells(4).join(',')},,"x`, ...rowsBelow].join('\n');
      const { model, errors } = judged(text, version);
      const [open] = model.document.unclosed;
      const said = errors.filter(({ place }) => place.record === open).map(({ rule }) => rule.code);
      assert.deepEqual(said, ['csv-syntax']);
    }
  });
});

suite('a byte order mark before an optional first column', () => {
  const names = ['IB_NIC_NAME', 'IB_IP', ...requiredColumns];
  const row = (nic: string, address: string): string => [nic, address, ...cells(1)].join(',');

  test('2.2 does not see the column: a row with an address has a pair that is none', () => {
    const text = `\ufeff${[names.join(','), row('InfiniBand.Slot.7-1', '10.9.0.1')].join('\n')}`;
    const { codes, errors } = judged(text, '2.2');
    assert.deepEqual(
      errors.map(({ rule }) => rule.code),
      ['ib-pair'],
    );
    assert.ok(codes.includes('byte-order-mark') && !codes.includes('unknown-column'), codes.join());
    assert.deepEqual(judged(text.slice(1), '2.2').errors, []);
  });

  test('rows without InfiniBand are accepted, and the mark is told', () => {
    const { codes, errors } = judged(`\ufeff${[names.join(','), row('', '')].join('\n')}`, '2.2');
    assert.deepEqual(errors, []);
    assert.ok(codes.includes('byte-order-mark'));
  });
});

suite('a cell longer than Python reads', () => {
  for (const [length, isRead] of [
    [131_072, true],
    [131_073, false],
  ] as const) {
    for (const quoted of [false, true]) {
      test(`${String(length)} characters${quoted ? ' in quotes' : ''}: ${isRead ? 'read' : 'refused'} by every version`, () => {
        for (const version of omniaVersions) {
          const text = 'x'.repeat(length);
          const long = quoted ? `"${text}"` : text;
          const lines = [canonicalHeader.join(','), `${cells(1).join(',')},,${long}`];
          const { codes } = judged(lines.join('\n'), version);
          assert.equal(codes.includes('cell-too-long'), !isRead, version);
          if (!isRead) assert.deepEqual(codes, ['cell-too-long'], version);
        }
      });
    }
  }
});

suite('InfiniBand after 2.3', () => {
  for (const [nic, ipv4, ipv6, expected] of [
    ['InfiniBand.Slot.7-1', '10.9.0.1', '', []],
    ['InfiniBand.Slot.7-1', '10.9.0.1', 'fd00::1', []],
    ['InfiniBand.Slot.7-1', '', 'fd00::1', ['ib-pair']],
    ['InfiniBand.Slot.7-1', '', '', ['ib-pair']],
    ['', '10.9.0.1', '', ['ib-pair']],
    ['', '', 'fd00::1', ['ib-pair']],
    ['', '', '', []],
  ] as const) {
    test(`port "${nic}", addresses "${ipv4}" and "${ipv6}": ${expected.join() || 'accepted'}`, () => {
      const text = [dualStackHeader.join(','), [...cells(1), nic, ipv4, ipv6].join(',')].join('\n');
      assert.deepEqual(
        judged(text, 'next').errors.map(({ rule }) => rule.code),
        expected,
      );
    });
  }
});
