/** What `buildstream pipelines --help` prints. */
export const pipelinesHelp = `Usage: buildstream pipelines list [--ref REF] [--limit N]
       buildstream pipelines show PIPELINE
       buildstream pipelines start --type TYPE [--ref REF] [--var NAME=VALUE]
       buildstream pipelines play PIPELINE [JOB] [--var NAME=VALUE]
       buildstream pipelines retry PIPELINE [--job JOB | --new-child]
       buildstream pipelines mark [PIPELINE] --nodes NAMES [--retry [--new-child]]
       buildstream pipelines commit FILE... [--message TEXT]
       buildstream pipelines log PIPELINE JOB [--follow]
       buildstream pipelines note [MERGE_REQUEST] --file FILE

list   the newest pipelines of the project
show   a pipeline with its stages, jobs and child pipelines, and what to do next
start  starts a pipeline: deploy, build, cleanup or cadence
play   runs the manual job JOB, or the next one; refuses what is out of order
retry  retries the failed child pipeline ("Retry downstream pipeline") or one job, or creates a new child from its
       parent; says which way the Omnia version requires, what each loses, and which input files it uses
mark   marks nodes in failed_nodes.json on the server as booted by hand, in one commit that is refused when
       the file was changed in the meantime; with --retry it then retries the failed child pipeline
commit commits input files of Omnia below input/, and catalogs: only those that are named, in one commit that
       is refused when the file was changed in the meantime; says which pipelines it starts and what they would boot
log    the log of a job; with --follow until the job is over
note   puts a text into one note of a merge request, and replaces an earlier one, for example
       that of "plan --format markdown"; MERGE_REQUEST is its number, by default CI_MERGE_REQUEST_IID

PIPELINE is the number of the pipeline, JOB the name or the number of a job in it or in its children.
start, play, retry, mark, commit and note show what they touch and ask. There is no cancel: what runs on the management
server would keep running.

Options:
  --server URL      the GitLab server; default: BUILDSTREAM_GITLAB_URL, else the git remote "origin"
  --project PATH    such as root/omnia, or its number; default: BUILDSTREAM_GITLAB_PROJECT, else "origin"
  --ca FILE         the authority that signed the server's certificate, PEM; or BUILDSTREAM_GITLAB_CA_FILE
  --pin [HOSTS=]SHA256
                    accept exactly the certificate with this fingerprint; or BUILDSTREAM_GITLAB_PIN
  --proxy URL       default: HTTPS_PROXY and NO_PROXY
  --api URL         the BuildStreaM API, to see who is at work there, and before deploy whether each role has an image;
                    default: BSM_API_URL
  --api-ca FILE     the authority that signed its certificate, PEM; its client is BSM_CLIENT_ID, BSM_CLIENT_SECRET
  --ask-bmcs        play: ask the BMCs of the nodes first whether they respond; logs in nowhere
  --bmc-port PORT   default 443
  --slurm [USER@]HOST[:PORT]  a host with Slurm's commands, asked over your own ssh whose jobs run on the nodes that
                    are booted; its host key must be known
  --kubectl CONTEXT a context of kubectl, or current: asked for the pods on these nodes
  --ref REF         branch; start: default the project's default branch
  --type TYPE       deploy, build, cleanup or cadence
  --var NAME=VALUE  a variable of the pipeline or of the job; may be repeated
  --job JOB         retry only this job
  --new-child       retry, mark --retry: create a new child pipeline; the image is selected again
  --nodes NAMES     mark: hostnames, BMC addresses or service tags, with commas; may be repeated
  --cause CAUSE     mark: the nodes that failed for this reason, see "buildstream failed list"
  --all             mark: all nodes in the file
  --retry           mark: then retry PIPELINE's failed child
  --file FILE       note: the text, in Markdown
  --message TEXT    commit: its message
  --merged          commit: the files contain the server's changes too, although they were made from another version
  --limit N         how many pipelines to list, up to 100; default 20
  --follow          continue until the job is over
  --yes             do not ask
  --dry-run         start, play, retry, mark, commit, note: show what is touched with its digest, and send nothing
  --plan DIGEST     send this and nothing else: refused when what is touched now has another digest
  --format FORMAT   list and show: text (default) or json
  --json            the same as --format json
  --help, -h        this text

The token comes from BUILDSTREAM_GITLAB_TOKEN, or you are asked for it. It needs the scope api; read_api is
enough for list, show and log. It is sent to the server of BUILDSTREAM_GITLAB_URL or --server; you are
asked before it is sent to one that only the git remote names.

Exit codes: 0 fine, 1 the followed job failed, 2 could not run,
            3 sent, but it is unknown whether it was carried out.
`;
