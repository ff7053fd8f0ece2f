import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { jobOf, type PipelineElement } from './pipelineElements.ts';
import { window } from '../../platform/window.ts';

/** Opens the page of a pipeline or job. */
export async function openLink(element: PipelineElement, origin: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(linkOf(element, origin), true));
}

export async function copyLink(element: PipelineElement, origin: string): Promise<void> {
  const link = linkOf(element, origin);
  await vscode.env.clipboard.writeText(link);
  window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', link), 3_000);
}

/** Does nothing if the address is not that of a web page. */
export async function openWebPage(link: string | undefined): Promise<void> {
  if (link !== undefined && isWebPage(link)) await vscode.env.openExternal(vscode.Uri.parse(link, true));
}

function isWebPage(link: string): boolean {
  return URL.canParse(link) && ['https:', 'http:'].includes(new URL(link).protocol);
}

function linkOf(element: PipelineElement, origin: string): string {
  const link = webUrlOf(element);
  if (link === undefined || !isWebPage(link)) {
    throw refused(vscode.l10n.t('GitLab at {0} has no page for this.', origin));
  }
  return link;
}

function webUrlOf(element: PipelineElement): string | undefined {
  if (element.kind === 'run') return element.pipeline.webUrl;
  return element.kind === 'job' ? jobOf(element.entry).webUrl : undefined;
}
