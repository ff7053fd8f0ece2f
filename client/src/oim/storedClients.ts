import { readStoredList } from '../platform/storedList.ts';

/** Where they lie in VS Code's secret storage. */
export const clientsKey = 'oim.clients';

/** The client of one BuildStreaM API, as it lies in VS Code's secret storage. */
export interface StoredClient {
  /** As `apiKeyOf` gives it. */
  readonly api: string;
  readonly id: string;
  readonly secret: string;
}

/** Reads what {@link writeClients} wrote; what is not readable counts as not given. */
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
