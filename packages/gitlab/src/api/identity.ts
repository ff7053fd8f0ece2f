import { Metadata, PersonalAccessTokens, Projects, Users } from '@gitbeaker/rest';
import { isGitLabError } from '../errors/gitlabError.ts';
import type { CallOptions } from '../http/requester.ts';
import type { Session } from '../http/session.ts';
import { readProject, readTokenInfo, readUser, type Project, type TokenInfo, type User } from '../model/identity.ts';
import { demandText, objectOf } from '../model/value.ts';
import { readAnswer, resourceOptions } from './context.ts';

/** The user, the token, the server's version and projects. @throws GitLabError from each method */
export class IdentityApi {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async user(call: CallOptions): Promise<User> {
    const answer: unknown = await new Users(this.#options(call)).showCurrentUser();
    return readAnswer({ method: 'GET', path: '/user' }, answer, readUser);
  }

  /** Scopes and expiry of the token itself. Works for project and group tokens too. */
  async token(call: CallOptions): Promise<TokenInfo> {
    const answer: unknown = await new PersonalAccessTokens(this.#options(call)).show();
    return readAnswer({ method: 'GET', path: '/personal_access_tokens/self' }, answer, readTokenInfo);
  }

  /** Version of the server, such as `18.8.2`. */
  async version(call: CallOptions): Promise<string> {
    const answer: unknown = await new Metadata(this.#options(call)).show();
    const read = (value: unknown) => demandText(objectOf(value, 'metadata')['version'], 'version');
    return readAnswer({ method: 'GET', path: '/metadata' }, answer, read);
  }

  /**
   * A project by ID or by path (`root/omnia`). Use the ID afterwards: some proxies break encoded paths, and a renamed
   * project keeps its ID.
   */
  async project(idOrPath: number | string, call: CallOptions): Promise<Project> {
    const request = { method: 'GET', path: '/projects/…' } as const;
    try {
      const answer: unknown = await new Projects(this.#options(call)).show(idOrPath);
      return readAnswer(request, answer, readProject);
    } catch (error) {
      const moved = isGitLabError(error) && error.facts.status === 301 ? error.facts.location : undefined;
      const path = moved === undefined ? undefined : /\/api\/v4\/(projects\/[^/?]+)$/.exec(moved)?.[1];
      if (path === undefined) throw error;
      // Only the path of the new location is used, so that the token stays with this server.
      const { requester } = new Projects(this.#options(call));
      const { body } = await requester.get(path);
      return readAnswer(request, body, readProject);
    }
  }

  #options(call: CallOptions) {
    return resourceOptions(this.#session, call);
  }
}
