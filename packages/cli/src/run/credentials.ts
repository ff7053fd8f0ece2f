import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import { parsePattern } from '@omnia-buildstream/http/hosts/hostPattern';
import {
  Credential,
  credentialsByHost,
  type CredentialSource,
} from '@omnia-buildstream/redfish/credentials/credential';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';

const names = {
  user: 'BUILDSTREAM_BMC_USER',
  password: 'BUILDSTREAM_BMC_PASSWORD',
  list: 'BUILDSTREAM_BMC_CREDENTIALS',
} as const;

/**
 * Credentials of the BMCs from the environment, else asked for at the terminal. Never from arguments. Those that name
 * no hosts are sent only to the addresses of the confirmed plan.
 */
export async function readCredentials(io: Io, agreed: readonly string[]): Promise<CredentialSource> {
  const { env } = io;
  const list = env[names.list];
  const rules = list === undefined || list === '' ? [] : parseList(list);
  const user = env[names.user];
  const password = env[names.password];
  if (user !== undefined && password !== undefined) {
    rules.push({ hosts: '*', value: new Credential('environment', user, password) });
  }
  if (rules.length === 0) rules.push({ hosts: '*', value: await askFor(user, io) });
  return credentialsByHost(rules, agreed);
}

async function askFor(given: string | undefined, io: Io): Promise<Credential> {
  const user = given ?? (await io.ask('User of the BMCs: '));
  const password = user === undefined ? undefined : await io.askSecret('Password of the BMCs: ');
  if (user === undefined || password === undefined) {
    throw cannotRun(
      'arguments',
      `There are no credentials for the BMCs. Set ${names.user} and ${names.password}, or run it at a terminal.`,
    );
  }
  return new Credential('terminal', user, password);
}

function parseList(text: string): { readonly hosts: string; readonly value: Credential }[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which contains passwords.
    throw cannotRun('arguments', `${names.list} is not JSON.`);
  }
  if (!Array.isArray(value)) throw cannotRun('arguments', `${names.list} is not a list.`);
  return (value as readonly unknown[]).map((entry, index) => {
    const read = (name: string): string | undefined => (isJsonObject(entry) ? textField(entry, name) : undefined);
    const [hosts, user, password] = [read('hosts'), read('user'), read('password')];
    if (hosts === undefined || user === undefined || password === undefined) {
      throw cannotRun('arguments', `${names.list}: entry ${String(index + 1)} needs hosts, user and password.`);
    }
    if (parsePattern(hosts) === undefined) {
      const forms = 'an address, a network such as 10.6.0.0/16 or 10.6.*, a whole name, or *';
      throw cannotRun('arguments', `${names.list}: hosts of entry ${String(index + 1)} takes ${forms}.`);
    }
    return { hosts, value: new Credential(hosts, user, password) };
  });
}
