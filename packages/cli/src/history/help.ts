export const historyHelp = `Usage: buildstream history [NODE|RUN] [OPTIONS]

Shows who ran what from here, when, and the outcome of each node: runs of the command line and of the editor, the newest first.
With NODE (hostname or BMC_IP) the runs that knew this node; with RUN (its name in the list) everything about one run:
what was done, what is left, and what to do next.

  --format FORMAT   text, md (Markdown, a handover note), or json
  --json            the same as --format json
  --folder FOLDER   the project; default: here. The history is in its folder .buildstream/history, one file a run
  --limit N         how many runs, up to 500; default 20
  --help, -h        this text

Exit codes: 0 shown, 2 nothing found or not readable.
`;
