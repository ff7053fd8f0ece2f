import { readStoredList } from '../platform/storedList.ts';

/** Key of the clients in VS Code's secret storage. */
export const clientsKey = 'oim.clients';

/** The client of one BuildStreaM API, as stored in VS Code's secret storage. */
export interface StoredClient {
  /** Key of the API, from `apiKeyOf`. */
  readonly api: string;
  readonly id: string;
  readonly secret: string;
}

/** Reads what {@link writeClients} wrote. Ignores anything unreadable. */
export function readClients(text: string | undefined): StoredClient[] {
  return readStoredList(text, isClient);
}

export function writeClients(all: readonly StoredClient[]): string {
  return JSON.stringify(all);
}

function isClient(value: unknown): value is StoredClient {
  if (typeof value !== 'object' || value === null) return false;
  const { api, id, secret } = value as Readonly<Record<string, unknown>>;
  return [api, id, secret].every((one) => typeof one === 'string');
}
