import type { GitLabClient } from '../api/client.ts';
import type { CallOptions } from '../http/requester.ts';

type Client = Pick<GitLabClient, 'identity'>;

const known = new WeakMap<Client, string>();

/** The name of the user whom the token belongs to, which is asked for once; empty when GitLab does not say. */
export async function usernameOf(client: Client, call: CallOptions): Promise<string> {
  const before = known.get(client);
  if (before !== undefined) return before;
  try {
    const { username } = await client.identity.user(call);
    known.set(client, username);
    return username;
  } catch {
    // The request itself shows whether the token is good.
    return '';
  }
}
