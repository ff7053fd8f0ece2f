import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { HttpClient, type HttpAnswer, type HttpRequest } from '@omnia-buildstream/http/client/httpClient';
import { systemAuthorities } from '@omnia-buildstream/http/tls/policy';
import { defaultBackOff } from '@omnia-buildstream/oim/api/backOff';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { Sender } from '@omnia-buildstream/oim/api/sender';
import { Tokens } from '@omnia-buildstream/oim/api/tokens';
import { VirtualClock } from '../../support/engine/virtualClock.ts';

/** Issues a new token for every request and records the requests. */
class TokenServer extends HttpClient {
  readonly requests: HttpRequest[] = [];
  failures = 0;

  constructor(clock: VirtualClock) {
    super({ server: new URL('https://oim.invalid'), tls: systemAuthorities, clock });
  }

  override send(request: HttpRequest): Promise<HttpAnswer> {
    this.requests.push(request);
    const isFailure = this.requests.length <= this.failures;
    const body = { access_token: `token-${String(this.requests.length)}`, expires_in: 3600 };
    const text = isFailure ? '<html>' : JSON.stringify(body);
    return Promise.resolve({ status: isFailure ? 503 : 200, header: () => undefined, text });
  }
}

function setUp() {
  const clock = new VirtualClock();
  const server = new TokenServer(clock);
  const { signal } = new AbortController();
  const sender = new Sender(server, { clock, random: () => 0.5, backOff: defaultBackOff });
  return { clock, server, signal, tokens: new Tokens(sender, new OimCredential('bld_id', 'bld_s_hush'), signal) };
}

suite('tokens of the BuildStreaM API', () => {
  test('one token serves all who ask, until shortly before it expires', async () => {
    const { clock, server, signal, tokens } = setUp();
    const first = await Promise.all([tokens.get(signal), tokens.get(signal)]);
    assert.deepEqual(first, ['token-1', 'token-1']);
    await clock.sleep(3_539_000);
    assert.equal(await tokens.get(signal), 'token-1');
    await clock.sleep(2_000);
    assert.equal(await tokens.get(signal), 'token-2');
    assert.equal(server.requests.length, 2);
  });

  test('a token that was refused is dropped, a newer one is not', async () => {
    const { signal, tokens } = setUp();
    const old = await tokens.get(signal);
    tokens.drop(old);
    assert.equal(await tokens.get(signal), 'token-2');
    tokens.drop(old);
    assert.equal(await tokens.get(signal), 'token-2');
  });

  test('a server that is away for a moment is asked again, with growing pauses', async () => {
    const { clock, server, signal, tokens } = setUp();
    server.failures = 3;
    const startMs = clock.monotonic();
    assert.equal(await tokens.get(signal), 'token-4');
    assert.equal(clock.monotonic() - startMs, 1_000 + 2_000 + 4_000);
  });

  test('who gives up does not take the token from the others', async () => {
    const { server, signal, tokens } = setUp();
    server.failures = 2;
    const impatient = new AbortController();
    const given = tokens.get(impatient.signal);
    const other = tokens.get(signal);
    impatient.abort();
    await assert.rejects(given, { name: 'AbortError' });
    assert.equal(await other, 'token-3');
  });

  test('the secret goes in the body of the request and shows nowhere else', async () => {
    const { server, signal, tokens } = setUp();
    await tokens.get(signal);
    const body = server.requests[0]?.body;
    assert.ok(typeof body === 'string' && body.includes('client_secret=bld_s_hush'));
    const credential = new OimCredential('bld_id', 'bld_s_hush');
    assert.doesNotMatch(`${String(credential)} ${JSON.stringify(credential)} ${inspect(credential)}`, /hush/);
  });
});
