import type { Answer } from '../http/answer.ts';
import { textAt } from './json.ts';
import type { RedfishService } from './service.ts';

interface Change {
  readonly path: string;
  readonly body: unknown;
  /** The resource as it was read. */
  readonly current: Answer;
}

/** Precondition Failed and Precondition Required: nothing was changed. */
const conditional: ReadonlySet<number> = new Set([412, 428]);

/**
 * PATCHes a resource on condition that nobody else changed it, as far as the service supports that. After a conflict,
 * it reads the tag again, then uses a strong tag in case weak ones are refused, and finally sends no tag, or `*` if the
 * service requires one (redfish.md section 9).
 * @throws TransportError, BmcError
 */
export async function changeConditionally(
  service: RedfishService,
  { path, body, current }: Change,
  signal: AbortSignal,
): Promise<Answer> {
  const send = (tag: string | undefined): Promise<Answer> =>
    service.order({ method: 'PATCH', path, body, headers: tag === undefined ? {} : { 'if-match': tag } }, signal);
  let tag = etagOf(current);
  let answer = await send(tag);
  if (!conditional.has(answer.status)) return answer;
  const tried = new Set([tag]);
  const fresh = etagOf(await service.get(path, signal));
  const isDemanded = answer.status === 428;
  for (tag of [fresh, fresh?.replace(/^W\//, ''), isDemanded ? '*' : undefined]) {
    if (tried.has(tag)) continue;
    tried.add(tag);
    answer = await send(tag);
    if (!conditional.has(answer.status)) return answer;
  }
  return answer;
}

/** The ETag for a conditional change, if the service provides one. */
function etagOf({ etag, body }: Answer): string | undefined {
  return etag ?? textAt(body, '@odata.etag');
}
