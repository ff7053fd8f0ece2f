import * as vscode from 'vscode';
import { mapping, row, write } from './support.ts';

/** An entry for a node of `row`, as Omnia 2.2 writes it. */
function entry(number: number, status: string, message: string): string {
  const two = String(number).padStart(2, '0');
  return [
    '        {',
    `            "bmc_ip": "172.17.107.${String(number)}",`,
    `            "hostname": "node${String(number)}",`,
    `            "service_tag": "TAG00${two}",`,
    `            "status": "${status}",`,
    `            "message": "${message}"`,
    '        }',
  ].join('\n');
}

/** The text of a failed_nodes.json with three failed nodes. */
export const threeFailed = [
  '{',
  '    "job_id": "018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10",',
  '    "stage_name": "restart",',
  '    "timestamp": "2026-04-10T16:32:15Z",',
  '    "total_nodes": 5,',
  '    "failure_count": 3,',
  '    "failed_nodes": [',
  [
    entry(2, 'failed', 'Failed. iDRAC is not ready. Retry again after iDRAC is ready'),
    entry(3, 'failed', 'iDRAC is unreachable. pxe boot might be set.'),
    entry(4, 'failed', 'Failed. iDRAC is not ready. Retry again after iDRAC is ready'),
  ].join(',\n'),
  '    ]',
  '}',
  '',
].join('\n');

/** Writes an Omnia project with four workers, three of which failed, and shows its failed_nodes.json. */
export async function openFailedNodes(project: string, content = threeFailed): Promise<vscode.TextDocument> {
  write(`${project}/input/pxe_mapping_file.csv`, mapping(row(2), row(3), row(4), row(5)));
  const uri = write(`${project}/miscellaneous/failed_nodes.json`, content);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}
