import { phrase } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { bmcTexts } from '../bmcTexts.ts';
import { type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import { BmcError, type ResetAnswer } from '@omnia-buildstream/engine/ports/bmc';
import { errorOf, errorOfTransport } from '../answers/classify.ts';
import { messagesOf } from '../answers/extendedInfo.ts';
import { provesRefusal } from '../answers/refusal.ts';
import { CertificateError } from '@omnia-buildstream/http/tls/policy';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { isSuccess, type Answer } from '../http/answer.ts';
import { resetTypesFor } from '../quirks.ts';
import type { RedfishService } from './service.ts';
import { powerOf, type SystemMap } from './system.ts';

/**
 * Sends one reset, never a stronger one than requested. A refusal by the BMC itself means that nothing was done. If the
 * response is lost, or its origin is uncertain, the outcome is unknown: the caller must read the state before it does
 * anything else (redfish.md section 7).
 */
export async function sendReset(
  service: RedfishService,
  map: SystemMap,
  kind: ResetKind,
  signal: AbortSignal,
): Promise<ResetAnswer> {
  const { target, allowed } = map.reset;
  const sent = resetTypesFor[kind].find((candidate) => allowed?.includes(candidate) ?? candidate === kind);
  if (sent === undefined) {
    throw new BmcError('refused', phrase(bmcTexts.resetNotAllowed, { kind, allowed: allowed?.join(', ') ?? '' }));
  }
  const answer = await post(service, target, sent, signal);
  if (isSuccess(answer)) return { outcome: 'accepted', sent };
  if (!provesRefusal(answer)) {
    throw new BmcError('answer-lost', phrase(bmcTexts.unknownOutcome, { why: errorOf(answer, sent).said }));
  }
  if (kind === 'On' && [400, 409].includes(answer.status)) {
    // "Already on" is reported as an error, with messages that differ between firmware versions: read the actual state.
    const power = powerOf((await service.get(map.system, signal)).body);
    if (power === 'On' || power === 'PoweringOn') return { outcome: 'already', sent };
    // The server is off, and On conflicts with that: too early after power off (redfish.md section 4, iDRAC 10).
    const isTooEarly = messagesOf(answer.body).some(({ id }) => id === 'ActionParameterValueConflict');
    if (isTooEarly) throw new BmcError('not-ready', errorOf(answer, sent).said);
  }
  throw errorOf(answer, sent);
}

function post(service: RedfishService, target: string, type: string, signal: AbortSignal): Promise<Answer> {
  return orderOnce(service, { path: target, body: { ResetType: type } }, signal);
}

interface Order {
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
}

/**
 * Sends a request that must not be sent twice. @throws BmcError for a refusal, and `answer-lost` if the outcome is
 * unknown
 */
export async function sendOnce(
  service: Pick<RedfishService, 'order'>,
  order: Order,
  signal: AbortSignal,
): Promise<void> {
  const answer = await orderOnce(service, order, signal);
  const what = order.path.slice(order.path.lastIndexOf('/') + 1);
  if (isSuccess(answer)) return;
  if (provesRefusal(answer)) throw errorOf(answer, what);
  throw new BmcError('answer-lost', errorOf(answer, what).said);
}

async function orderOnce(
  service: Pick<RedfishService, 'order'>,
  { path, body }: Order,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return await service.order({ method: 'POST', path, body, once: true }, signal);
  } catch (error) {
    if (error instanceof BmcError) throw error;
    if (isBeforeSending(error)) throw errorOfTransport(error, path);
    throw new BmcError('answer-lost', phrase(bmcTexts.noResponse, { why: saidOf(error) }), { cause: error });
  }
}

/** A certificate is checked before anything is sent; any other TLS error may occur after the request was sent. */
function isBeforeSending(error: unknown): boolean {
  if (!(error instanceof TransportError)) return false;
  return error.reason === 'not-connected' || error.cause instanceof CertificateError;
}
