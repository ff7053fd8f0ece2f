/** What `buildstream plan --help` prints. */
export const planHelp = `Usage: buildstream plan [OPTIONS]

Tells which nodes the restart stage would PXE-boot, and why. Nothing is changed.

Options:
  --mapping FILE   the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --failed FILE    failed_nodes.json; default: miscellaneous/failed_nodes.json; may be missing
  --state FILE     restart_state.json; default: assumed from failed_nodes.json and the committed mapping file
  --image GROUP    the image group to deploy; only another one than in the state matters
  --omnia VERSION  2.1, 2.2, 2.3, 2.3os or next; default: detected
  --json           for programs
  --help, -h       this text

Exit codes: 0 fine, 2 could not run.
`;
