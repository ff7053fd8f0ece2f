import type { Answer } from '../http/answer.ts';
import { reasonOfMessage } from './classify.ts';
import { messagesOf } from './extendedInfo.ts';

/** Messages that leave open how far the BMC came before it failed (DSP0268, Base registry; Dell's RAC0508). */
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
 * Whether an answer without success proves that the order was not carried out: the BMC itself says so, in a Redfish error
 * body. A status alone may be that of something in between which had no answer; a redirect, 408 and 5xx too, unless a
 * message says that the BMC did not take the order (redfish.md section 7).
 */
export function provesRefusal({ status, body }: Answer): boolean {
  const telling = messagesOf(body).filter(({ id }) => !tellsNothing.has(id));
  if (telling.some(({ id }) => reasonOfMessage[id] !== undefined)) return status >= 400;
  return telling.length > 0 && status >= 400 && status < 500 && status !== 408;
}
