import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { isBlank, isComment } from '@omnia-buildstream/core/csv/record';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNodesScope, JsonFinding, MappingLookup } from '@omnia-buildstream/core/failedNodes/rule';
import { readLayout } from '@omnia-buildstream/core/mapping/layout';
import { readRow, type MappingRow } from '@omnia-buildstream/core/mapping/row';
import { committedText } from '../git.ts';
import type { Io } from '../io.ts';
import { textOf } from '../plan/textFile.ts';

/** failed_nodes.json with everything that it can be compared with. */
export async function readScope(failed: string, mapping: string | undefined, io: Io): Promise<FailedNodesScope> {
  const document = readFailedNodesDocument(await textOf(failed, io));
  const committed = await committedText(path.resolve(io.cwd, failed), io);
  return {
    document,
    ...(mapping === undefined ? {} : { mapping: lookup(await textOf(mapping, io)) }),
    ...(committed === undefined ? {} : { committed: readFailedNodesDocument(committed) }),
  };
}

/** A finding as a compiler would say it. */
export function findingLine(
  file: string,
  { rule, range, message, params }: JsonFinding,
  say: (text: string, params: JsonFinding['params']) => string,
): string {
  const place = `${file}:${String(range.start.line + 1)}:${String(range.start.character + 1)}`;
  return `${place}: ${rule.level} ${rule.code}: ${say(message, params)}`;
}

export function findingsOf(scope: FailedNodesScope): JsonFinding[] {
  return checkFailedNodes(scope);
}

function lookup(text: string): MappingLookup {
  const document = new CsvDocument(text);
  const layout = readLayout(document);
  const rows = new Map<string, MappingRow[]>();
  document.records.forEach((record, index) => {
    if (index <= layout.headerIndex || isBlank(record) || isComment(record)) return;
    const row = readRow(record, layout);
    rows.set(row.text.BMC_IP, [...(rows.get(row.text.BMC_IP) ?? []), row]);
  });
  return { rowsOf: (bmcIp) => rows.get(bmcIp) ?? [] };
}
