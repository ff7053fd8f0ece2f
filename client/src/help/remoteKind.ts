/** Remotes with a name of their own. In a browser, VS Code gives the address of its server instead. */
const known: readonly string[] = [
  'attached-container',
  'codespaces',
  'dev-container',
  'k8s-container',
  'ssh-remote',
  'tunnel',
  'wsl',
];

/** How a window is connected to where its extensions run, without an address. @param name `vscode.env.remoteName` */
export function remoteKind(name: string | undefined): string {
  if (name === undefined) return 'local';
  return known.includes(name) ? name : 'another remote';
}
