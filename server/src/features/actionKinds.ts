import { CodeActionKind, type CodeActionContext } from 'vscode-languageserver';

/** All safe fixes of a file, which "fix on save" requests. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.buildstream`;

/** Kinds are hierarchical: a request for `source` also gets `source.fixAll.buildstream`. */
export function wants({ only }: CodeActionContext, kind: string): boolean {
  return only?.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`)) ?? true;
}
