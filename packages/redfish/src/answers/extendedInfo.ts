import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { isJsonObject, textField, wordOf, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';

/** Longer ones are cut: some firmware explains itself over pages. */
const maxSayingUnits = 300;

/** One message of an error body (DSP0266, "Error responses"). */
export interface BmcMessage {
  /** The last part of MessageId: prefixes carry versions that differ between firmwares (`IDRAC.2.8.SWC0700`). */
  readonly id: string;
  readonly text: string;
  readonly args: readonly string[];
}

/** The messages of an answer's body, those of ExtendedInfo first, then code and message of the error itself. */
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

/** What the BMC says, in one line for people: its first message, or the name of one without text. Empty: nothing. */
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

/** An array, or as some firmware has it, a text such as "[]". */
function argsOf(entry: JsonObject): string[] {
  const args = entry['MessageArgs'];
  return Array.isArray(args) ? (args as readonly unknown[]).map(wordOf) : [];
}
