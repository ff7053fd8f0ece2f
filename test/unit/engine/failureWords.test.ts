import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  causeWords,
  engineCauseIn,
  engineCauseTexts,
  type EngineCause,
} from '@omnia-buildstream/core/failedNodes/engineCauses';
import { SecretFilter } from '@omnia-buildstream/core/secrets/secretFilter';
import { phrase, together, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import { failureKinds } from '@omnia-buildstream/core/restart/failureKind';
import { adviceFor as adviceOfRun, causeOf, failureMessage } from '@omnia-buildstream/engine/restart/failure';
import { certificateSaid } from '@omnia-buildstream/http/tls/policy';
import { bmcTexts } from '@omnia-buildstream/redfish/bmcTexts';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { refusedError } from '@omnia-buildstream/redfish/credentials/loginGuard';
import { fc } from '../../support/properties/fastCheck.ts';

const causes = Object.keys(engineCauseTexts) as readonly EngineCause[];

function countOf(text: string, part: string): number {
  return text.toLowerCase().split(part.toLowerCase()).length - 1;
}

/** Failures for which only Omnia's sentence is shown: several of ours share one of Omnia's. */
const inOmniasWords: ReadonlySet<string> = new Set([
  ...['not-ready', 'contact-lost', 'override-refused', 'override-ignored', 'reset-refused', 'power-not-reached'],
  ...['no-report', 'unexpected'],
]);

test('each class of answer has its own title and advice, in the summary as in whatever reads failed_nodes.json', () => {
  const said = 'IDRAC.2.8.SYS428: unable to do it | try again';
  const titles = new Set<string>();
  for (const kind of failureKinds) {
    const message = wordsOf(failureMessage(kind, { bmcIp: '10.0.0.1', power: 'Restart OK', detail: said }));
    const read = adviceFor({ message });
    assert.ok(message.includes(said), 'what the BMC said is in it');
    assert.notEqual(adviceOfRun(kind), '');
    if (inOmniasWords.has(kind)) {
      assert.notEqual(read.cause, 'unknown', message);
      continue;
    }
    assert.ok(wordsOf(causeOf(kind, said)).startsWith(read.title), kind);
    assert.equal(read.advice, adviceOfRun(kind), kind);
    titles.add(read.title);
  }
  assert.equal(titles.size, failureKinds.length - inOmniasWords.size, 'no two are told alike');
});

suite('a message says its cause once', () => {
  for (const cause of causes) {
    test(`${cause}, whatever stands around its sentence in the detail`, () => {
      const { title } = engineCauseTexts[cause];
      const sentence = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
      const around = fc.constantFrom('', '/redfish/v1/', 'no result within 60 s', 'HTTP 401');
      const mark = fc.constantFrom(': ', '; ', ', ');
      const label = fc.constantFrom('', 'environment');
      fc.assert(
        fc.property(around, around, label, mark, fc.boolean(), (before, after, name, separator, isText) => {
          const message = name === '' ? sentence : `${sentence} ({name})`;
          const said: Said = isText && name === '' ? sentence : { message, params: { name } };
          const words = wordsOf(causeWords(cause, together([before, said, after], separator)));
          assert.equal(countOf(words, title), 1, words);
          // Nothing else is lost, and the cause can be found again.
          for (const part of [before, after, name]) assert.ok(words.includes(part), words);
          assert.ok(!/[:;,] ?$|[:;,] [:;,]/.test(words), words);
          assert.equal(engineCauseIn(`Omnia's sentence | ${words}`), cause);
        }),
      );
    });

    test(`${cause}, with a detail that says something else`, () => {
      const detail = 'SYS428: Unable to do it (twice), try again; see the log';
      assert.equal(wordsOf(causeWords(cause, detail)), `${engineCauseTexts[cause].title}: ${detail}`);
    });
  }

  const about = { bmcIp: '10.0.0.1', power: 'Restart OK' } as const;
  for (const [kind, detail, expected] of [
    [
      'unauthorized',
      refusedError(new Credential('environment', 'root', 'x')).said,
      'The BMC refused user or password (environment)',
    ],
    ['no-credentials', phrase(bmcTexts.noCredentials), 'There are no credentials for this BMC'],
    [
      'tls',
      together(['/redfish/v1/', certificateSaid({ code: 'SELF_SIGNED', fingerprint: 'AA:BB' })], ': '),
      'The certificate of the BMC is not trusted: /redfish/v1/: SELF_SIGNED; its SHA-256 fingerprint is AA:BB',
    ],
  ] as const) {
    test(`${kind}, as its error words it`, () => {
      const words = wordsOf(failureMessage(kind, { ...about, detail }));
      assert.equal(words.split(' | ')[1], expected);
      assert.equal(new SecretFilter().clean(words), words, 'nothing in it looks like a secret');
    });
  }
});
