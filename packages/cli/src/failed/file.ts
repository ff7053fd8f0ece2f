import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { isBlank, isComment } from '@omnia-buildstream/core/csv/record';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNodesScope, JsonFinding, MappingLookup } from '@omnia-buildstream/core/failedNodes/rule';
import { readLayout } from '@omnia-buildstream/core/mapping/layout';
import { readRow, type MappingRow } from '@omnia-buildstream/core/mapping/row';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import { committedText } from '../git.ts';
import type { Io } from '../io.ts';
import { sourceOf, textOf } from '../plan/textFile.ts';

/** failed_nodes.json with everything that it can be compared with. */
export async function readScope(failed: string, mapping: string | undefined, io: Io): Promise<FailedNodesScope> {
  const { text, encoding } = await sourceOf(failed, io);
  const document = readFailedNodesDocument(text);
  const committed = await committedText(path.resolve(io.cwd, failed), io);
  return {
    document,
    encoding,
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
  const rows: MappingRow[] = [];
  document.records.forEach((record, index) => {
    if (index > layout.headerIndex && !isBlank(record) && !isComment(record)) rows.push(readRow(record, layout));
  });
  const byAddress = new Map<string, MappingRow[]>();
  for (const row of rows) {
    const same = byAddress.get(row.text.BMC_IP);
    if (same === undefined) byAddress.set(row.text.BMC_IP, [row]);
    else same.push(row);
  }
  const rowsAt = (bmcIp: string): readonly MappingRow[] => byAddress.get(strip(bmcIp)) ?? [];
  return {
    rowsOf: (bmcIp) => rowsAt(bmcIp).filter(({ bmcKey }) => bmcKey === bmcIp),
    nearTo: (bmcIp) => rowsAt(bmcIp).filter(({ bmcKey }) => bmcKey !== bmcIp),
  };
}
