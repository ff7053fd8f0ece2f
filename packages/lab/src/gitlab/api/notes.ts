import { demand, json, notFound, page, type ApiAnswer, type ProjectCall } from './exchange.ts';
import type { LabNote } from '../project.ts';

const shape = ({ id, iid, author, body }: LabNote) => ({
  id,
  body,
  author: { username: author },
  noteable_iid: iid,
  noteable_type: 'MergeRequest',
});

export function listNotes(call: ProjectCall): ApiAnswer {
  const iid = Number(call.params[1]);
  const newestFirst = call.project.notes.filter((note) => note.iid === iid).toReversed();
  return page(newestFirst, call, `/merge_requests/${String(iid)}/notes`, shape);
}

export function createNote({ project, params, body, token }: ProjectCall): ApiAnswer {
  const id = project.notes.length + 1;
  const note = { id, iid: Number(params[1]), author: token.username, body: demand(body, 'body') };
  project.notes.push(note);
  return json(shape(note), 201);
}

export function editNote({ project, params, body }: ProjectCall): ApiAnswer {
  const note = project.notes.find(({ id, iid }) => iid === Number(params[1]) && id === Number(params[2]));
  if (note === undefined) throw notFound('Note ');
  note.body = demand(body, 'body');
  return json(shape(note));
}
