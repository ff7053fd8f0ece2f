import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { registerAtOim, type OimAccess } from '@omnia-buildstream/runner/oim/oimAccess';
import { cannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import type { Io } from '../io.ts';
import type { AccessOptions } from './options.ts';
import { placeForClient } from './saveClient.ts';

const names = {
  id: 'BSM_CLIENT_ID',
  secret: 'BSM_CLIENT_SECRET',
  user: 'BSM_API_USERNAME',
  password: 'BSM_API_PASSWORD',
} as const;

interface World {
  readonly io: Io;
  readonly signal: AbortSignal;
}

/**
 * The client's id and secret: from the environment, else by registering a client with the API's user, else asked for at
 * the terminal. Never from arguments. @throws UserError, OimError
 */
export async function credentialFor(
  access: OimAccess,
  options: AccessOptions,
  { io, signal }: World,
): Promise<OimCredential> {
  const [id, secret] = [given(io, names.id), given(io, names.secret)];
  if (id !== undefined && secret !== undefined) return new OimCredential(id, secret);
  const [user, password] = [given(io, names.user), given(io, names.password)];
  if (user !== undefined && password !== undefined) {
    return register(access, options, new OimCredential(user, password), { io, signal });
  }
  return askFor(id, io);
}

/** The API accepts one client, and shows its secret once: it is registered only when the secret can be saved. */
async function register(
  access: OimAccess,
  options: AccessOptions,
  account: OimCredential,
  { io, signal }: World,
): Promise<OimCredential> {
  const place = options.saveClient;
  if (place === undefined && !io.stderr.isTerminal) {
    throw cannotRun(
      'arguments',
      `A client has to be registered, and its secret is shown only once. Add --save-client FILE to keep it, or set ` +
        `${names.id} and ${names.secret}: the stored ones are CI variables of the GitLab project.`,
    );
  }
  await io.stderr.write(
    `${names.id} and ${names.secret} are not set, so a client is registered at ${access.server.host}. The API takes ` +
      'one only: if the GitLab project has not run yet, its pipelines will need this one.\n',
  );
  if (!(await confirm('Register it now?', options.yes, io))) {
    throw cannotRun('arguments', 'No client was registered.');
  }
  const kept = place === undefined ? undefined : await placeForClient(place, io);
  const client = await registerAtOim(access, account, signal).catch(async (error: unknown) => {
    await kept?.discard();
    throw error;
  });
  const text = `${names.id}=${client.id}\n${names.secret}=${client.reveal()}\n`;
  if (kept === undefined) await io.stderr.write({ as: 'secret', text: `${text}${advice}\n` });
  else await kept.keep(text);
  return client;
}

const advice =
  'This is shown once. Keep it in a password store, and as masked CI variables of the GitLab project; set both in the ' +
  'environment next time.';

async function askFor(knownId: string | undefined, io: Io): Promise<OimCredential> {
  const id = knownId ?? (await io.ask('Client id (BSM_CLIENT_ID): '));
  const secret = id === undefined ? undefined : await io.askSecret('Client secret: ');
  if (id !== undefined && secret !== undefined) return new OimCredential(id, secret);
  throw cannotRun(
    'arguments',
    `There are no credentials for the API. Set ${names.id} and ${names.secret}, or ${names.user} and ` +
      `${names.password} to register a client, or run it at a terminal.`,
  );
}

function given({ env }: Io, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
