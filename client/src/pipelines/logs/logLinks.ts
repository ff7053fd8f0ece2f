import type { LogDocument } from '@omnia-buildstream/gitlab/trace/document';
import { rowLinksIn } from '@omnia-buildstream/gitlab/trace/rowLinks';
import * as vscode from 'vscode';
import { findMapping, tooltipOf, type FoundMapping } from './mappingPlace.ts';

/** More links than anybody follows. */
const mostLinks = 5000;

/** Links from a log to the rows of the mapping file; addresses of pages are links of VS Code's own. */
export async function logLinks({ text, failures }: LogDocument): Promise<vscode.DocumentLink[]> {
  const mapping = await findMapping();
  if (mapping === undefined) return [];
  const lines = text.split('\n');
  const links: vscode.DocumentLink[] = [];
  for (const [line, content] of lines.entries()) {
    if (links.length >= mostLinks) break;
    for (const { start, end, row } of rowLinksIn(content)) {
      const at = mapping.rows.lineOfRow(row);
      if (at !== undefined) links.push(linkTo(mapping, at, new vscode.Range(line, start, line, end)));
    }
  }
  for (const { line, host } of failures.slice(0, mostLinks)) {
    const at = host === undefined ? undefined : mapping.rows.lineOfNode(host);
    if (host === undefined || at === undefined) continue;
    const start = (lines[line] ?? '').indexOf(`[${host}`) + 1;
    links.push(linkTo(mapping, at, new vscode.Range(line, start, line, start + host.length)));
  }
  return links;
}

function linkTo(mapping: FoundMapping, line: number, range: vscode.Range): vscode.DocumentLink {
  const link = new vscode.DocumentLink(range, mapping.uri.with({ fragment: `L${String(line + 1)}` }));
  link.tooltip = tooltipOf(mapping, line);
  return link;
}
