import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import { cleanLine, Lines } from '@omnia-buildstream/engine/validate/molecule/lines';
import { readMoleculeReport } from '@omnia-buildstream/engine/validate/molecule/readReport';
import { moleculeEnv } from '@omnia-buildstream/engine/validate/molecule/settings';
import { hostsNames } from '@omnia-buildstream/engine/validate/probes/names';
import { nameProbe } from '@omnia-buildstream/engine/validate/probes/name';
import { fc } from '../../../support/properties/fastCheck.ts';

const junit = `<?xml version="1.0"?>
<testsuites><testsuite name="pytest" tests="4">
<testcase classname="tests.test_default" name="test_slurm[cn-001]" time="1.5"/>
<testcase classname="tests.test_default" name="test_a &lt; b" time="0.1"><failure message="assert 1 &gt; 2">trace</failure></testcase>
<testcase classname='' name='quoted "x"'><system-out><![CDATA[</testcase><failure/>]]></system-out></testcase>
<testcase name="later"><skipped/></testcase>
<testcase name="broken"><error>no &#x41;nswer</error></testcase>
</testsuite></testsuites>`;

suite("Molecule's report", () => {
  test('in JUnit XML is read case by case', () => {
    const cases = readMoleculeReport(junit);
    assert.deepEqual(
      cases?.map(({ id, outcome, message, durationMs }) => [id, outcome, message, durationMs]),
      [
        ['molecule/tests.test_default/test_slurm[cn-001]', 'passed', '', 1_500],
        ['molecule/tests.test_default/test_a < b', 'failed', 'assert 1 > 2', 100],
        ['molecule/quoted "x"', 'passed', '', 0],
        ['molecule/later', 'skipped', '', 0],
        ['molecule/broken', 'error', 'no Answer', 0],
      ],
    );
  });

  test('hides no case behind what a test printed', () => {
    const printed = ['<!-- ', '<!--', ' -->', '<testcase name="x"/>', '<failure>', ']]', '&lt;', '<![CDATA['];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...printed), { maxLength: 6 }), fc.nat(5), (parts, failedAt) => {
        const output = `<system-out><![CDATA[${parts.join('')}]]></system-out>`;
        const cases = Array.from({ length: 6 }, (_, at) => {
          const failure = at === failedAt ? `<failure><![CDATA[${parts.join('')}]]></failure>` : '';
          return `<testcase name="t${String(at)}">${output}${failure}</testcase>`;
        });
        const report = readMoleculeReport(`<testsuite>${cases.join('')}</testsuite>`);
        assert.deepEqual(
          report?.map(({ id, outcome }) => [id, outcome]),
          cases.map((_, at) => [`molecule/t${String(at)}`, at === failedAt ? 'failed' : 'passed']),
        );
      }),
    );
  });

  test('in JSON of pytest is read too', () => {
    const json = {
      exitcode: 1,
      summary: { passed: 1, failed: 1, total: 2 },
      tests: [
        { nodeid: 'test_x.py::test_a', outcome: 'passed' },
        { nodeid: 'test_x.py::test_b', outcome: 'failed', call: { crash: { message: 'AssertionError' } } },
      ],
    };
    assert.deepEqual(
      readMoleculeReport(JSON.stringify(json))?.map(({ outcome, message }) => [outcome, message]),
      [
        ['passed', ''],
        ['failed', 'AssertionError'],
      ],
    );
  });

  for (const text of ['', '{', '<html/>', '[]', 'null', '<testsuite><testcase name="a"/>']) {
    test(`"${text}" is none`, () => {
      assert.equal(readMoleculeReport(text), undefined);
    });
  }
});

suite('test_report.json', () => {
  test('of Omnia has no list of tests and is read by its counts, numeric texts included', () => {
    const report = readTestReport({
      outcome: 'FAILED',
      exit_code: '2',
      test_summary: { total: 3, passed: 1, failed: '2' },
      duration_seconds: 12.5,
      log_path: '/a/log',
      unknown: [],
    });
    assert.deepEqual(report?.summary, { total: 3, passed: 1, failed: 2, skipped: 0, errors: 0 });
    assert.deepEqual([report.exitCode, report.durationMs, report.logPath, report.tests], [2, 12_500, '/a/log', []]);
  });

  for (const value of [null, 3, [], {}, { test_summary: {} }]) {
    test(`${JSON.stringify(value)} is no report`, () => {
      assert.equal(readTestReport(value), undefined);
    });
  }

  test('an outcome that nobody knows counts as an error', () => {
    assert.equal(readTestReport({ tests: [{ name: 'a', outcome: 'weird' }] })?.outcome, 'FAILED');
  });
});

suite('output of tools', () => {
  test('becomes lines wherever the pieces were cut', () => {
    const lines: string[] = [];
    const cut = new Lines((line) => lines.push(line));
    for (const piece of ['a', 'b\nc', '\r', '\nlast']) cut.add(piece);
    cut.end();
    assert.deepEqual(lines, ['ab', 'c', 'last']);
  });

  test('cannot draw on a terminal, and a line without end is cut', () => {
    assert.equal(cleanLine('\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u0008\u202e'), 'red x');
    assert.equal(cleanLine('10%\r20%\r30%'), '30%');
    assert.ok(cleanLine('x'.repeat(100_000)).length < 5_000);
  });

  test('the environment of Molecule has no secrets of ours, and what the user names', () => {
    const env = { PATH: '/bin', BUILDSTREAM_BMC_PASSWORD: 'x', GITLAB_API_TOKEN: 'y', MOLECULE_GLOB: 'm', NEEDED: 'z' };
    assert.deepEqual(moleculeEnv(env, ['NEEDED']), { PATH: '/bin', MOLECULE_GLOB: 'm', NEEDED: 'z' });
  });
});

suite('names of nodes', () => {
  const probe = nameProbe(hostsNames('# nodes\n10.5.0.1 a a.cluster # first\n10.5.0.2 b\n10.5.0.3 b\n'));
  const ask = async (hostname: string, address: string): Promise<string> => {
    const check = { kind: 'name', id: 'x', title: 'x', hostname, address } as const;
    return (await probe(check, new AbortController().signal)).outcome;
  };

  for (const [hostname, address, outcome] of [
    ['a', '10.5.0.1', 'passed'],
    ['A.cluster', '10.5.0.1', 'passed'],
    ['a', '10.5.0.9', 'failed'],
    ['b', '10.5.0.2', 'failed'],
    ['c', '10.5.0.1', 'failed'],
    ['-x', '10.5.0.1', 'error'],
  ] as const) {
    test(`${hostname} for ${address} has ${outcome}`, async () => {
      assert.equal(await ask(hostname, address), outcome);
    });
  }

  test('a resolver that cannot be asked is an error, not an unknown name', async () => {
    const broken = nameProbe(() => Promise.reject(new Error('ECONNREFUSED')));
    const check = { kind: 'name', id: 'x', title: 'x', hostname: 'a', address: '10.5.0.1' } as const;
    assert.equal((await broken(check, new AbortController().signal)).outcome, 'error');
  });
});
