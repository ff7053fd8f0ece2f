/** What `buildstream lsp --help` prints. */
export const lspHelp = `Usage: buildstream lsp [--stdio]

Serves an editor that supports the Language Server Protocol, on standard input and output: problems and their
fixes, hover, completion, rename, navigation and the restart plan, for pxe_mapping_file.csv and
failed_nodes.json. It reads files, and git for what is committed; it contacts no server and no BMC.

The editor starts it; docs/editors.md has configurations for Neovim, Helix and Emacs.

Options:
  --stdio     the only transport; accepted because editors pass it
  --help, -h  this text

Commands that the server carries out (workspace/executeCommand):
  buildstream.showPlan URI                      the plan of the restart stage, in Markdown
  buildstream.markSuccessful URI BMC_IPS        mark nodes of a failed_nodes.json as booted; "all" for all
  buildstream.markFailed URI BMC_IPS            remove such marks
  buildstream.showInMapping BMC_IP URI          the row of a node

Settings (section "buildstream", workspace/configuration): omniaVersion, rules, context.omniaShare,
mapping.alignColumns and engine.stateFolder, as in VS Code.

Exit codes: 0 the editor ended it, 1 the editor is gone, 2 could not run.
`;
