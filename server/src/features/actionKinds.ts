import { CodeActionKind, type CodeActionContext } from 'vscode-languageserver';

/** All safe fixes of a file; what "fix on save" asks for. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.buildstream`;

/** Kinds are hierarchical: who asks for `source` gets `source.fixAll.buildstream` too. */
export function wants({ only }: CodeActionContext, kind: string): boolean {
  return only?.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`)) ?? true;
}
