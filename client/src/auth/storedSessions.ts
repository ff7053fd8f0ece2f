import { readStoredList } from '../platform/storedList.ts';

/** A token and its account, as stored in VS Code's secret storage. */
export interface StoredSession {
  /** `https://gitlab.example.com` */
  readonly origin: string;
  readonly token: string;
  readonly username: string;
  readonly scopes: readonly string[];
}

/** Reads what {@link writeSessions} wrote; unreadable text counts as signed out. */
export function readSessions(text: string | undefined): StoredSession[] {
  return readStoredList(text, isSession);
}

export function writeSessions(sessions: readonly StoredSession[]): string {
  return JSON.stringify(sessions);
}

function isSession(value: unknown): value is StoredSession {
  if (typeof value !== 'object' || value === null) return false;
  const { origin, token, username, scopes } = value as Readonly<Record<string, unknown>>;
  const areTexts = [origin, token, username].every((one) => typeof one === 'string');
  return areTexts && Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string');
}
