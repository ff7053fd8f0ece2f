import assert from 'node:assert/strict';
import { request } from 'node:https';
import { after, before, suite, test } from 'node:test';
import { apiPassword, apiUser, startNewOimLab, type NewOimLab } from '../../support/oimLab.ts';
import { oimPasts } from '@omnia-buildstream/lab/oim/past';
import { oimFacts, type Asked, type Fact } from '../../support/oimFacts.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

suite("the lab's BuildStreaM API answers as the real one was found to", () => {
  let lab: NewOimLab;
  /** Values for the placeholders in the facts. */
  let names: Readonly<Record<string, string>> = {};
  let authorization: Readonly<Record<string, string>> = {};

  before(async () => {
    lab = await startNewOimLab();
    const account = { user: apiUser, password: apiPassword };
    const client = lab.oim.clients.register(account, 'facts', oimPasts.recorded.scopes);
    const { clientId, clientSecret } = client;
    const token = (scope?: string): string => lab.oim.clients.issue(clientId, clientSecret, scope).token;
    const basic = (password: string): string => `Basic ${Buffer.from(`${apiUser}:${password}`).toString('base64')}`;
    authorization = {
      full: `Bearer ${token()}`,
      narrow: `bearer ${token('catalog:read')}`,
      account: basic(apiPassword),
      'wrong account': basic('no'),
      garbage: 'Bearer garbage',
    };
    lab.oim.remember(lab.group.jobId, oimPasts.recorded.attempts);
    const { job } = lab.oim.jobs.create(clientId, 'the new job', 'null', new Date());
    names = { JOB: lab.group.jobId, NEW: job.id, ORIGIN: lab.server.origin, CLIENT: clientId, SECRET: clientSecret };
  });
  after(() => lab.stop());

  const named = (text: string): string =>
    Object.entries(names).reduce((all, [name, value]) => all.replaceAll(`<${name}>`, value), text);

  for (const [part, facts] of Object.entries(oimFacts)) {
    test(part, async () => {
      for (const fact of facts) await check(fact);
    });
  }

  async function check({ what, ask, status, has = {}, headers = {} }: Fact): Promise<void> {
    const answer = await send(ask);
    assert.equal(answer.status, status, `${what}: ${JSON.stringify(answer.body)}`);
    for (const [name, value] of Object.entries(headers)) assert.equal(answer.headers[name], named(value), what);
    assert.equal(answer.headers['x-correlation-id'], undefined, what);
    for (const [place, wanted] of Object.entries(has)) {
      const found = place.split('.').reduce<unknown>((value, step) => at(value, step), answer.body);
      const where = `${what}, ${place}`;
      if (wanted instanceof RegExp) assert.match(String(found), new RegExp(named(wanted.source)), where);
      else assert.deepEqual(found, typeof wanted === 'string' ? named(wanted) : wanted, where);
    }
  }

  function send({ method, path, as = 'full', json, raw, form, file, headers = {} }: Asked): Promise<Answer> {
    const sent: Record<string, string> = { ...headers };
    const bearer = authorization[as];
    if (bearer !== undefined) sent['authorization'] = bearer;
    let body = raw;
    if (json !== undefined || raw !== undefined) sent['content-type'] = 'application/json';
    if (json !== undefined) body = JSON.stringify(json);
    if (form !== undefined) {
      body = new URLSearchParams(Object.entries(form).map(([name, value]) => [name, named(value)])).toString();
      sent['content-type'] = 'application/x-www-form-urlencoded';
    }
    if (file !== undefined) {
      const { field = 'files', name, text } = file;
      const disposition = `Content-Disposition: form-data; name="${field}"; filename="${name}"`;
      body = `--limit\r\n${disposition}\r\n\r\n${text}\r\n--limit--\r\n`;
      sent['content-type'] = 'multipart/form-data; boundary=limit';
    }
    return exchange(named(`${lab.server.origin}${path}`), { method, headers: sent }, body);
  }

  function exchange(url: string, how: { method: string; headers: Record<string, string> }, body = ''): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ca = lab.certificate.cert;
      const sending = request(url, { ...how, ca }, (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 0, headers } = response;
          resolve({ status: statusCode, headers, body: text === '' ? undefined : JSON.parse(text) });
        });
      });
      sending.on('error', reject);
      sending.end(body);
    });
  }
});

function at(value: unknown, step: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
}
