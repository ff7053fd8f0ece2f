import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Template } from '../text/message.ts';
import { parseJson } from './jsonValue.ts';
import type { ContextCode } from './contextCodes.ts';
import type { ContextProblem, Parsed } from './problem.ts';

/** Where a JSON file has a list of named things; every step may have several spellings, the first that exists counts. */
export interface NameList {
  readonly code: ContextCode;
  readonly path: readonly (readonly string[])[];
  readonly nameKeys: readonly string[];
  readonly messages: { readonly notJson: Template; readonly noList: Template; readonly nameless: Template };
}

/** Reads the names of a list in a JSON text. Never throws. Elements without a name are reported and left out. */
export function parseNames(text: string, { code, path, nameKeys, messages }: NameList): Parsed<ReadonlySet<string>> {
  const { root, fault, rangeOf } = parseJson(text);
  if (root === undefined) {
    const params = { reason: fault?.value ?? '' };
    const range = fault?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return { value: undefined, problems: [{ code, severity: 'error', message: messages.notJson, params, range }] };
  }
  const list = path.reduce<Node | undefined>(child, root);
  if (list?.type !== 'array') {
    const range = rangeOf(list ?? root);
    return { value: undefined, problems: [{ code, severity: 'error', message: messages.noList, params: {}, range }] };
  }
  const names = new Set<string>();
  const problems: ContextProblem[] = [];
  for (const element of list.children ?? []) {
    const name = child(element, nameKeys)?.value as unknown;
    if (typeof name === 'string' && name !== '') names.add(name);
    else problems.push({ code, severity: 'warning', message: messages.nameless, params: {}, range: rangeOf(element) });
  }
  return { value: names, problems };
}

function child(node: Node | undefined, keys: readonly string[]): Node | undefined {
  if (node?.type !== 'object') return undefined;
  return keys.map((key) => findNodeAtLocation(node, [key])).find((found) => found !== undefined);
}
