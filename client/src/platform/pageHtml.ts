import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The folders with the scripts and the style of pages. */
export function pageRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')];
}

/** A page of ours: one script, one style, and nothing from outside. Its content arrives in messages. */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  script: `${string}.js`,
  title: string,
): string {
  const nonce = randomBytes(18).toString('base64');
  const address = (...parts: readonly string[]): string =>
    escaped(webview.asWebviewUri(vscode.Uri.joinPath(extension, ...parts)).toString());
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<link rel="stylesheet" href="${address('media', 'page.css')}">
<title>${escaped(title)}</title>
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems":true}'>
<script nonce="${nonce}" src="${address('dist', script)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${String(sign.codePointAt(0))};`);
}
