import { addAll } from '@omnia-buildstream/core/text/lists';
import { Projects } from '@gitbeaker/rest';
import type { CallOptions } from '../http/requester.ts';
import type { Session } from '../http/session.ts';
import { demandNumber, listOf, objectOf, optionalObject, text } from '../model/value.ts';
import { readAnswer, resourceOptions } from './context.ts';

/** A comment on a merge request. */
export interface Note {
  readonly id: number;
  /** Markdown. */
  readonly body: string;
  /** User name of the author. Undefined if the response does not contain it. */
  readonly author: string | undefined;
}

export interface NotePlace {
  readonly projectId: number;
  /** Number of the merge request within its project. */
  readonly iid: number;
}

const perPage = 100;
const mostPages = 20;

/** The comments of merge requests. @throws GitLabError from each method */
export class NoteApi {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Newest first, at most 2,000. */
  async list(place: NotePlace, call: CallOptions): Promise<Note[]> {
    const notes: Note[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const found = await this.#page(place, page, call);
      addAll(notes, found);
      if (found.length < perPage) break;
    }
    return notes;
  }

  async #page(place: NotePlace, page: number, call: CallOptions): Promise<Note[]> {
    const path = pathOf(place);
    const { body } = await this.#requester(call).get(path, { searchParams: { perPage, page, orderBy: 'created_at' } });
    return readAnswer({ method: 'GET', path: `/${path}` }, body, (value) => listOf(value, 'list of notes', readNote));
  }

  /** Sent once. */
  async create(place: NotePlace, body: string, call: CallOptions): Promise<Note> {
    const path = pathOf(place);
    const { body: answer } = await this.#requester(call).post(path, { body: { body } });
    return readAnswer({ method: 'POST', path: `/${path}` }, answer, readNote);
  }

  /** Sent once. */
  async edit(place: NotePlace, { id, body }: Pick<Note, 'id' | 'body'>, call: CallOptions): Promise<Note> {
    const path = `${pathOf(place)}/${String(id)}`;
    const { body: answer } = await this.#requester(call).put(path, { body: { body } });
    return readAnswer({ method: 'PUT', path: `/${path}` }, answer, readNote);
  }

  // Gitbeaker's class for these notes hides the first part of the path.
  #requester(call: CallOptions): Projects['requester'] {
    return new Projects<false>(resourceOptions(this.#session, call)).requester;
  }
}

function readNote(value: unknown): Note {
  const from = objectOf(value, 'note');
  const author = text(optionalObject(from['author'])?.['username']);
  return { id: demandNumber(from['id'], 'note id'), body: text(from['body']) ?? '', author };
}

function pathOf({ projectId, iid }: NotePlace): string {
  return `projects/${String(projectId)}/merge_requests/${String(iid)}/notes`;
}
