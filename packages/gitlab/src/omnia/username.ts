import type { GitLabClient } from '../api/client.ts';
import type { CallOptions } from '../http/requester.ts';

type Client = Pick<GitLabClient, 'identity'>;

const known = new WeakMap<Client, string>();

/** The name of the user that the token belongs to, requested once per client. Empty if GitLab does not return it. */
export async function usernameOf(client: Client, call: CallOptions): Promise<string> {
  const before = known.get(client);
  if (before !== undefined) return before;
  try {
    const { username } = await client.identity.user(call);
    known.set(client, username);
    return username;
  } catch {
    // The actual request shows whether the token is valid.
    return '';
  }
}
