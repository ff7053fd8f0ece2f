import type { Answer } from '../http/answer.ts';
import { reasonOfMessage } from './classify.ts';
import { messagesOf } from './extendedInfo.ts';

/** Messages that do not show how far the BMC got before it failed (DSP0268, Base registry; Dell's RAC0508). */
const tellsNothing: ReadonlySet<string> = new Set([
  'GeneralError',
  'ExtendedInfo',
  'InternalError',
  'OperationFailed',
  'OperationTimeout',
  'RAC0508',
  'ServiceInUnknownState',
  'Success',
  '',
]);

/**
 * Whether an unsuccessful response proves that the request was not carried out: only the BMC itself can prove that,
 * with a Redfish error message. A bare status may come from an intermediary that got no response. 408 and 5xx are proof
 * only with a message that the BMC did not accept the request; a redirect never is (redfish.md section 7).
 */
export function provesRefusal({ status, body }: Answer): boolean {
  const telling = messagesOf(body).filter(({ id }) => !tellsNothing.has(id));
  if (telling.some(({ id }) => reasonOfMessage[id] !== undefined)) return status >= 400;
  return telling.length > 0 && status >= 400 && status < 500 && status !== 408;
}
