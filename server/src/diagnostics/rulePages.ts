import type { Diagnostic } from 'vscode-languageserver';
import type { Client } from '../client.ts';

/** The URL of a rule's page. Undefined if the editor did not say where the pages are. */
export function rulePageUrl({ rulePages }: Client, code: string): string | undefined {
  return rulePages === undefined ? undefined : `${rulePages}${code}.md`;
}

/** The code of a diagnostic, with a link to its page if there is one. */
export function codeOf(client: Client, code: string): Pick<Diagnostic, 'code' | 'codeDescription'> {
  const href = rulePageUrl(client, code);
  return { code, ...(href !== undefined && { codeDescription: { href } }) };
}
