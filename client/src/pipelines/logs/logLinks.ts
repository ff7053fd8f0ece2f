import type { LogDocument } from '@omnia-buildstream/gitlab/trace/document';
import * as vscode from 'vscode';
import { findMapping, tooltipOf, type FoundMapping } from './mappingPlace.ts';
import { placesIn } from './mappingRows.ts';

/** More links than anyone follows. */
const mostLinks = 5000;

/** Links from a log to the rows and nodes of the mapping file. VS Code itself links web addresses. */
export async function logLinks({ text }: LogDocument): Promise<vscode.DocumentLink[]> {
  const mapping = await findMapping();
  if (mapping === undefined) return [];
  const links: vscode.DocumentLink[] = [];
  for (const [line, content] of text.split('\n').entries()) {
    if (links.length >= mostLinks) break;
    for (const { start, end, at } of placesIn(content, mapping.rows)) {
      links.push(linkTo(mapping, at, new vscode.Range(line, start, line, end)));
    }
  }
  return links;
}

function linkTo(mapping: FoundMapping, line: number, range: vscode.Range): vscode.DocumentLink {
  const link = new vscode.DocumentLink(range, mapping.uri.with({ fragment: `L${String(line + 1)}` }));
  link.tooltip = tooltipOf(mapping, line);
  return link;
}
