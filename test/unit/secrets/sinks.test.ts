import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { shownText } from '@omnia-buildstream/cli/shown';
import { noticeText } from '@omnia-buildstream/core/text/notice';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { transportTexts } from '@omnia-buildstream/http/client/transportTexts';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { errorOfAnswer } from '@omnia-buildstream/oim/errors/fromAnswer';
import { Token } from '@omnia-buildstream/provision/openchami/token';
import { errorOf } from '@omnia-buildstream/redfish/answers/classify';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { World } from '../../support/engine/world.ts';

const password = 'ca"lv<in & ü/1';
const basic = Buffer.from(`root:${password}`).toString('base64');
new Credential('test', 'root', password);
new OimCredential('bld_1', 'client-secret-42');
new Token('openchami-token-42');

/** The login as servers may quote it. */
const quotes = [
  password,
  JSON.stringify(password),
  encodeURIComponent(password),
  `Basic ${basic}`,
  'client-secret-42',
  'openchami-token-42',
  'glpat-0123456789abcdef',
];
const secrets = [
  password,
  JSON.stringify(password).slice(1, -1),
  encodeURIComponent(password),
  basic,
  ...quotes.slice(4),
];

function assertSilent(text: string): void {
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is in ${text}`);
}

suite('what a server quotes of a login', () => {
  for (const quote of quotes) {
    test(`is in no error, terminal or notification: ${quote}`, () => {
      const said = `the value ${quote} for the property Password is not in the right form`;
      const extended = { '@Message.ExtendedInfo': [{ MessageId: 'Base.1.8.PropertyValueFormatError', Message: said }] };
      const answer = { status: 400, location: undefined, etag: undefined, token: undefined, retryAfterMs: undefined };
      const oim = { status: 400, header: () => undefined, text: JSON.stringify({ detail: said }) };
      const facts = { method: 'GET', path: '/x', effect: 'none', detail: said, location: said } as const;
      const oimError = errorOfAnswer(oim, 'POST /auth/token');
      const gitlabError = new GitLabError('refused', facts);
      assertSilent(
        [
          errorOf({ ...answer, body: { error: extended } }, 'login').message,
          new BmcError('refused', said).message,
          new ProvisionError('refused', said).message,
          new TransportError('broken', phrase(transportTexts.broken, { code: said })).message,
          oimError.message,
          JSON.stringify(new BmcError('refused', phrase(transportTexts.broken, { code: said })).said),
          JSON.stringify(oimError.phrases),
          gitlabError.message,
          JSON.stringify(gitlabError.facts),
          shownText(said, true),
          shownText({ as: 'log', text: said }, false),
          shownText({ as: 'status', text: said }, true),
          noticeText(said),
        ].join('\n'),
      );
    });
  }

  test('is in no file and no event of a run', async () => {
    const world = new World();
    const said = `Password ${password}, Authorization: Basic ${basic}`;
    world.addNode({ faults: [{ on: 'login', gives: 'refused', says: said }] });
    world.addNode();
    await world.run();
    const files = [...world.fs.files].flat().join('\n');
    assert.match(files, /\[secret\]/);
    assertSilent(`${files}\n${world.events.map((event) => JSON.stringify(event)).join('\n')}`);
  });
});

test('a secret that is to be shown is shown, and steers nothing all the same', () => {
  assert.equal(
    shownText({ as: 'secret', text: 'client-secret-42\u001b]52' }, true),
    String.raw`client-secret-42\u001b]52`,
  );
});
