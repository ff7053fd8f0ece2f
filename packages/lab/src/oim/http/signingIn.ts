import { knownScopes } from '../clients.ts';
import { Refusal } from '../refusal.ts';
import { basicOf, type OimAnswer, type OimCall } from './exchange.ts';
import { Fields, jsonBody, Unprocessable } from './fields.ts';
import { utc } from './shapes.ts';

const nameRule = 'client_name must start with alphanumeric and contain only alphanumeric characters';
const longestName = 64;

/** Checks the account first, then the body, then the number of clients. */
export function register({ request, oim, now }: OimCall): OimAnswer {
  const account = basicOf(request);
  if (account === undefined) {
    return { status: 401, body: { detail: 'Not authenticated' }, headers: { 'www-authenticate': 'Basic' } };
  }
  oim.clients.demandAccount(account);
  const fields = new Fields('body', jsonBody(request));
  const name = fields.text('client_name', { min: 1, max: longestName });
  fields.check('client_name', /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/.test(name), `${nameRule}, hyphens, and underscores`);
  const scopes = fields.texts('allowed_scopes', ['catalog:read']);
  const unknown = scopes.find((scope) => !knownScopes.some((known) => known === scope));
  fields.check('allowed_scopes', unknown === undefined, `Invalid scope: ${unknown ?? ''}`);
  fields.finish();
  const client = oim.clients.register(account, name, scopes);
  return {
    status: 201,
    body: {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      client_name: client.name,
      allowed_scopes: client.scopes,
      created_at: utc(now),
      expires_at: null,
    },
  };
}

export function token({ request, oim }: OimCall): OimAnswer {
  const isForm = (request.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm ? request.bytes.toString('utf8') : '');
  const fields = new Fields('body', Object.fromEntries(form), null);
  fields.oneOf('grant_type', 'client_credentials');
  fields.finish();
  const [id, secret] = [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  if (id === '' || secret === '') {
    throw new Refusal(400, 'invalid_request', 'client_id and client_secret are required');
  }
  demandPrefix('client_id', id, 'bld_');
  demandPrefix('client_secret', secret, 'bld_s_');
  const issued = oim.clients.issue(id, secret, form.get('scope') ?? undefined);
  return {
    status: 200,
    body: {
      access_token: issued.token,
      token_type: 'Bearer',
      expires_in: issued.expiresInSeconds,
      scope: issued.scope,
    },
  };
}

function demandPrefix(name: string, value: string, prefix: string): void {
  if (value.startsWith(prefix)) return;
  const msg = `${name} must start with '${prefix}' prefix`;
  throw new Unprocessable([{ type: 'value_error', loc: ['body', name], msg }]);
}
