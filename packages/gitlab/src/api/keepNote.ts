import type { CallOptions } from '../http/requester.ts';
import type { GitLabClient } from './client.ts';
import type { Note, NotePlace } from './notes.ts';
import { sendOnce, type Outcome } from './outcome.ts';
import type { WriteCalls } from './writes.ts';

type Client = Pick<GitLabClient, 'notes' | 'identity'>;

/** Marks a note that is kept up to date. GitLab does not render HTML comments. */
const marker = (name: string) => `<!-- ${name} -->`;

/** The newest note with this name by this user; notes of other users may quote it. @throws GitLabError */
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
 * Writes the one note with this name: updates it if it exists, else creates it. If the response is lost, reads it back.
 * @throws GitLabError if nothing was written
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
