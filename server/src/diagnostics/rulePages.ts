import type { Diagnostic } from 'vscode-languageserver';
import type { Client } from '../client.ts';

/** The page of a rule, where the editor has told where the pages are. */
export function rulePageUrl({ rulePages }: Client, code: string): string | undefined {
  return rulePages === undefined ? undefined : `${rulePages}${code}.md`;
}

/** The code of a diagnostic, with the page about it if there is one. */
export function codeOf(client: Client, code: string): Pick<Diagnostic, 'code' | 'codeDescription'> {
  const href = rulePageUrl(client, code);
  return { code, ...(href !== undefined && { codeDescription: { href } }) };
}
