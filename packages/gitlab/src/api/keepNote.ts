import type { CallOptions } from '../http/requester.ts';
import type { GitLabClient } from './client.ts';
import type { Note, NotePlace } from './notes.ts';
import { sendOnce, type Outcome } from './outcome.ts';
import type { WriteCalls } from './writes.ts';

type Client = Pick<GitLabClient, 'notes' | 'identity'>;

/** The marker in a note that is kept up to date; GitLab does not show HTML comments. */
const marker = (name: string) => `<!-- ${name} -->`;

/** The newest note of this name by this user: others may quote it. @throws GitLabError */
export async function findNote(
  { notes, identity }: Client,
  { name, ...place }: NotePlace & { readonly name: string },
  call: CallOptions,
): Promise<Note | undefined> {
  const [all, { username }] = await Promise.all([notes.list(place, call), identity.user(call)]);
  return all
    .filter(({ body, author }) => author === username && body.startsWith(marker(name)))
    .sort((a, b) => b.id - a.id)[0];
}

/**
 * Writes the one note of this name: over the existing one, else as a new one. If the response is lost, it is read back.
 * @throws GitLabError when nothing was written
 */
export async function keepNote(
  client: Client,
  { name, body, ...place }: NotePlace & { readonly name: string; readonly body: string },
  { writing, reading }: WriteCalls,
): Promise<Outcome<Note>> {
  const text = `${marker(name)}\n${body}`;
  const before = await findNote(client, { ...place, name }, reading);
  return sendOnce(
    () =>
      before === undefined
        ? client.notes.create(place, text, writing)
        : client.notes.edit(place, { id: before.id, body: text }, writing),
    async () => {
      const now = await findNote(client, { ...place, name }, reading);
      return now?.body === text ? now : undefined;
    },
  );
}
