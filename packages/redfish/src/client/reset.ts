import { BmcError, type ResetAnswer, type ResetKind } from '@omnia-buildstream/engine/ports/bmc';
import { errorOf } from '../answers/classify.ts';
import { messagesOf } from '../answers/extendedInfo.ts';
import { provesRefusal } from '../answers/refusal.ts';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { CertificateError } from '@omnia-buildstream/http/tls/policy';
import { isSuccess, type Answer } from '../http/answer.ts';
import { resetInstead } from '../quirks.ts';
import type { RedfishService } from './service.ts';
import { systemStateOf, type SystemMap } from './system.ts';

/**
 * Sends one reset. A refusal that the BMC itself words means that nothing was done. When the answer is lost, or comes from
 * who knows where, nobody knows: the caller has to read the state before anything else (redfish.md section 7).
 */
export async function sendReset(
  service: RedfishService,
  map: SystemMap,
  kind: ResetKind,
  signal: AbortSignal,
): Promise<ResetAnswer> {
  const { target, allowed } = map.reset;
  const type = resetInstead[kind].find((candidate) => allowed?.includes(candidate) ?? candidate === kind);
  if (type === undefined) {
    throw new BmcError('refused', `${kind} is not among the resets it allows (${allowed?.join(', ') ?? ''})`);
  }
  const answer = await post(service, target, type, signal);
  if (isSuccess(answer)) return { outcome: 'accepted' };
  if (!provesRefusal(answer)) {
    throw new BmcError('answer-lost', `nobody knows whether it was carried out: ${errorOf(answer, 'reset').message}`);
  }
  if (messagesOf(answer.body).some(({ id }) => map.quirks.notNow.includes(id))) {
    const error = errorOf(answer, 'reset');
    throw new BmcError('not-ready', error.message);
  }
  if ((answer.status === 400 || answer.status === 409) && kind === 'On') {
    // "Already on" comes as an error, with messages that differ between firmwares: ask what holds.
    const { power } = systemStateOf((await service.get(map.system, signal)).body);
    if (power === 'On' || power === 'PoweringOn') return { outcome: 'already' };
  }
  throw errorOf(answer, 'reset');
}

async function post(service: RedfishService, target: string, type: string, signal: AbortSignal): Promise<Answer> {
  try {
    return await service.order({ method: 'POST', path: target, body: { ResetType: type }, once: true }, signal);
  } catch (error) {
    if (error instanceof BmcError) throw error;
    if (error instanceof TransportError && error.reason === 'not-connected') {
      throw new BmcError('unreachable', `reset: ${error.message}`, { cause: error });
    }
    if (error instanceof TransportError && error.cause instanceof CertificateError) {
      throw new BmcError('tls', `reset: ${error.message}`, { cause: error });
    }
    const text = error instanceof Error ? error.message : String(error);
    throw new BmcError('answer-lost', `the answer to the reset is lost: ${text}`, { cause: error });
  }
}
