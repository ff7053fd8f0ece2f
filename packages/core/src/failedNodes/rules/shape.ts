import { getNodeValue, type Node } from 'jsonc-parser';
import { valueOf, type FailedNodesDocument } from '../document.ts';
import { isFalsy } from '../read.ts';
import type { FailedNodesRule } from '../rule.ts';
import { validate, type SchemaError } from '../schemaValidator.generated.js';

const messages = {
  passed: 'Expected a list. Omnia treats this as an empty list: no mark in it has an effect.',
  list: 'The list failed_nodes is missing. Omnia treats this as an empty list: no node is known as failed.',
  object:
    'Expected an object with a list failed_nodes. Omnia treats this as an empty list: no mark in it has an effect.',
  fails: 'Expected a list. The restart stage fails on this.',
  entry: 'Expected an object with bmc_ip and status. The restart stage fails on this.',
  type: 'A {type} is expected here.',
  count: 'Expected a number of nodes: digits, with or without quotes.',
} as const;

const emptyLists: ReadonlySet<string> = new Set([messages.passed, messages.list, messages.object]);

/** What the schema says beyond the rules that have a page of their own. */
export const shape: FailedNodesRule = {
  code: 'failed-nodes-shape',
  level: 'error',
  messages,
  inSchema: true,
  check({ document }, report) {
    if (document.root === undefined || validate(valueOf(document))) return;
    const seen = new Set<Node>();
    for (const error of validate.errors ?? []) {
      const node = nodeAt(document, error.instancePath);
      const message = messageFor(error, node);
      if (node === undefined || message === undefined || seen.has(node)) continue;
      // What is no JSON fails the stage: nothing of it is taken for an empty list.
      if (document.faults.length > 0 && emptyLists.has(message)) continue;
      seen.add(node);
      // The range of a whole document would underline everything: its opening brace says it as well.
      const length = node === document.root ? Math.min(1, node.length) : node.length;
      report(document.lines.range(node.offset, node.offset + length), message, {
        type: typeName(error),
      });
    }
  },
};

function typeName({ params }: SchemaError): string {
  return typeof params['type'] === 'string' ? params['type'] : '';
}

function messageFor({ instancePath, keyword, params }: SchemaError, node: Node | undefined): string | undefined {
  if (keyword === 'required') return params['missingProperty'] === 'failed_nodes' ? messages.list : undefined;
  if (/_(?:nodes|count)$/.test(instancePath) && keyword === 'oneOf') return messages.count;
  if (keyword !== 'type' || /\/(?:bmc_ip|total_nodes|failure_count|success_count)$/.test(instancePath))
    return undefined;
  if (instancePath === '/failed_nodes') return isPassed(node) ? messages.passed : messages.fails;
  if (/^\/failed_nodes\/\d+$/.test(instancePath)) return messages.entry;
  return instancePath === '' ? messages.object : messages.type;
}

function isPassed(node: Node | undefined): boolean {
  return node !== undefined && isFalsy(getNodeValue(node));
}

function nodeAt({ root }: FailedNodesDocument, pointer: string): Node | undefined {
  const path = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  let node = root;
  for (const step of path) {
    // Of a key that stands twice the last one counts.
    if (typeof step === 'number') node = node?.children?.[step];
    else node = node?.children?.findLast(({ children: [key] = [] }) => key?.value === step)?.children?.[1];
  }
  return node;
}
