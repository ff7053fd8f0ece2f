import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { isJsonObject, textField, wordOf, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';

/** Longer messages are cut: some firmware explains itself over several pages. */
const maxSayingUnits = 300;

/** One message of an error response (DSP0266, "Error responses"). */
export interface BmcMessage {
  /**
   * The last part of MessageId: its prefixes contain versions, which differ between firmware releases
   * (`IDRAC.2.8.SWC0700`).
   */
  readonly id: string;
  readonly text: string;
  readonly args: readonly string[];
}

/** The messages of a response body: first those of ExtendedInfo, then code and message of the error itself. */
export function messagesOf(body: unknown): BmcMessage[] {
  if (!isJsonObject(body)) return [];
  const error = body['error'];
  const carrier = isJsonObject(error) ? error : body;
  const info = carrier['@Message.ExtendedInfo'];
  const list = Array.isArray(info) ? (info as readonly unknown[]).filter(isJsonObject) : [];
  const messages = list.map((entry): BmcMessage => {
    return {
      id: lastPart(textField(entry, 'MessageId')),
      text: textField(entry, 'Message') ?? '',
      args: argsOf(entry),
    };
  });
  if (isJsonObject(error)) {
    messages.push({ id: lastPart(textField(error, 'code')), text: textField(error, 'message') ?? '', args: [] });
  }
  return messages;
}

/** The BMC's first message in one line for people, or its name if it has no text. Empty if there is none. */
export function sayingOf(body: unknown): string {
  const first = messagesOf(body).find(({ id, text }) => text !== '' || id !== '');
  if (first === undefined) return '';
  if (first.text === '') return plainLine(first.id).slice(0, maxSayingUnits);
  const text = plainLine(first.text).replace(/\s+/g, ' ').slice(0, maxSayingUnits);
  return first.id === '' ? text : `${text} (${first.id})`;
}

function lastPart(id: string | undefined): string {
  return (id ?? '').split('.').at(-1) ?? '';
}

/** An array; some firmware sends a string such as "[]" instead, which counts as no arguments. */
function argsOf(entry: JsonObject): string[] {
  const args = entry['MessageArgs'];
  return Array.isArray(args) ? (args as readonly unknown[]).map(wordOf) : [];
}
