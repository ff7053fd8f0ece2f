import { demandNumber, demandText, number, objectOf, text, timeMs } from './value.ts';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string | undefined;
}

/** The token that signs the requests, as `/personal_access_tokens/self` describes it. */
export interface TokenInfo {
  readonly name: string | undefined;
  /** Such as `api`, `read_api`, `write_repository`; `granular` for fine-grained tokens. */
  readonly scopes: readonly string[];
  /** Start of the day (UTC) on which it stops working, in milliseconds since 1970. Undefined if it never expires. */
  readonly expiresMs: number | undefined;
  readonly isActive: boolean;
  readonly isRevoked: boolean;
}

export interface Project {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly defaultBranch: string | undefined;
  readonly webUrl: string | undefined;
  readonly isArchived: boolean;
}

/** @throws AnswerError */
export function readUser(value: unknown): User {
  const from = objectOf(value, 'user');
  return {
    id: demandNumber(from['id'], 'user id'),
    username: demandText(from['username'], 'user name'),
    name: text(from['name']),
  };
}

/** @throws AnswerError */
export function readTokenInfo(value: unknown): TokenInfo {
  const from = objectOf(value, 'token');
  const scopes = Array.isArray(from['scopes']) ? (from['scopes'] as unknown[]) : [];
  return {
    name: text(from['name']),
    scopes: scopes.filter((scope) => typeof scope === 'string'),
    expiresMs: timeMs(from['expires_at']),
    isActive: from['active'] !== false,
    isRevoked: from['revoked'] === true,
  };
}

/** @throws AnswerError */
export function readProject(value: unknown): Project {
  const from = objectOf(value, 'project');
  const id = number(from['id']);
  return {
    id: demandNumber(id, 'project id'),
    path: text(from['path_with_namespace']) ?? text(from['path']) ?? '',
    name: text(from['name']) ?? '',
    defaultBranch: text(from['default_branch']),
    webUrl: text(from['web_url']),
    isArchived: from['archived'] === true,
  };
}
