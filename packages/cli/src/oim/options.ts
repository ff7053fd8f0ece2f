import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import { bad, parsePins } from '../optionValues.ts';
import type { Io } from '../io.ts';

/**
 * Options of every command that talks to the BuildStreaM API. There is none for a secret: arguments are visible to
 * everybody.
 */
export const accessOptions = {
  api: { type: 'string' },
  ca: { type: 'string' },
  pin: { type: 'string', multiple: true },
  'save-client': { type: 'string' },
  yes: { type: 'boolean', default: false },
} as const;

export interface AccessOptions {
  readonly api: URL;
  readonly ca: string | undefined;
  /** SHA-256 of the expected certificates. */
  readonly pins: TlsPolicy['pins'];
  readonly saveClient: string | undefined;
  readonly yes: boolean;
}

/** The API as arguments name it. */
export interface NamedApi {
  readonly api?: string | undefined;
  /** PEM file of its certificate authority. */
  readonly ca?: string | undefined;
}

interface GivenAccess extends NamedApi {
  readonly pin?: readonly string[] | undefined;
  readonly 'save-client'?: string | undefined;
  readonly yes: boolean;
}

/** @throws UserError */
export function accessOf(values: GivenAccess, { env }: Io): AccessOptions {
  const address = values.api ?? env['BSM_API_URL'] ?? '';
  if (address === '') throw bad('Name the BuildStreaM API with --api https://HOST:PORT, or set BSM_API_URL.');
  const api = URL.canParse(address) ? new URL(address) : undefined;
  if (api?.protocol !== 'https:') throw bad(`--api takes an address that begins with https://, not "${address}".`);
  if (api.username !== '' || api.password !== '') {
    throw bad('The address of the API must not have a user or password in it; give them in the environment.');
  }
  if (values.ca !== undefined && values.pin !== undefined) throw bad('Give either --ca or --pin, not both.');
  return { api, ca: values.ca, pins: parsePins(values.pin), saveClient: values['save-client'], yes: values.yes };
}
