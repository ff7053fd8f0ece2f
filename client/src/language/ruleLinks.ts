import * as vscode from 'vscode';

export const openRuleDocsCommand = 'buildstream.openRuleDocs';

/** Prefix to which the server appends the names of rule pages. Only this extension reads it: it opens its own pages. */
export const rulePagesPrefix = 'buildstream-rule:';

const rulePage = /buildstream-rule:([a-z0-9-]+)\.md/;
const rulePages = new RegExp(rulePage, 'g');
/** A line of a hover that repeats a problem. */
const problemLine = new RegExp(`^- .*\\]\\(${rulePage.source}\\)$\\n*`, 'gm');

/**
 * Makes each diagnostic's code open the page that comes with the extension: it needs no network and fits the version.
 */
export function withLocalRulePages(diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  return diagnostics.map((diagnostic) => {
    const { code } = diagnostic;
    if (typeof code !== 'object') return diagnostic;
    const name = rulePage.exec(code.target.toString())?.[1];
    if (name !== undefined) diagnostic.code = { value: code.value, target: vscode.Uri.parse(commandLink(name)) };
    return diagnostic;
  });
}

/** Removes problems from a hover, because VS Code shows them above it, and makes its links open the same pages. */
export function forEditor(hover: vscode.Hover): vscode.Hover {
  const contents = hover.contents.map((content) => {
    if (!(content instanceof vscode.MarkdownString)) return content;
    const own = content.value.replaceAll(problemLine, '');
    const text = own.replaceAll(rulePages, (_url, name: string) => commandLink(name));
    const markdown = new vscode.MarkdownString(text, content.supportThemeIcons ?? false);
    // Only this command may run from a hover.
    markdown.isTrusted = { enabledCommands: [openRuleDocsCommand] };
    return markdown;
  });
  return new vscode.Hover(contents, hover.range);
}

function commandLink(code: string): string {
  return `command:${openRuleDocsCommand}?${encodeURIComponent(JSON.stringify([code]))}`;
}
