export const clusterHelp = `Usage: buildstream lab cluster [OPTIONS]
       buildstream lab nodes|repair|boot [NODE…] [--folder FOLDER] [--yes]

Simulates a whole Omnia cluster on loopback addresses until Ctrl-C: nodes with BMCs, images, the BuildStreaM API, and
a GitLab server whose deploy pipeline runs the stages on these nodes. Some nodes are broken, so that there is something
to recover. Nothing outside this machine is touched.

Options:
  --size N          nodes in the mapping file; default 60, at least 12
  --spare N         more nodes that can be added to it; default 3
  --broken N        broken ones; default 3
  --folder FOLDER   where lab.json goes, with everything to connect to: a new or empty folder; default: lab, or lab-2,
                    lab-3, … when another lab runs there
  --boot SECONDS    how long a node takes to boot; default 3
  --latency MS      how long a BMC takes to respond; default 20
  --network 127.N   addresses of the BMCs; the nodes get the next network; default: the first two that are free
  --port PORT       port of the BMCs; default: a free one, as for the next two
  --gitlab-port PORT  port of GitLab
  --api-port PORT   port of the BuildStreaM API
  --omnia VERSION   2.2 or 2.3: whose project, pipelines and BuildStreaM API it has; default 2.2
  --after-passed WHAT  what the API does with a job whose tests have passed: refused (like the real API: no files and no
                    deploy with its image) or taken-up (as in Omnia's guide: nodes are added with the same image,
                    and only those boot); default refused
  --api-past WHAT   the history of the API: none, or recorded (like the real API when its responses were recorded: one
                    image group whose job had a failed restart and then passed its tests, and a client with two scopes;
                    no node has booted); default none
  --node-results    the API returns the outcome of each node; the real one fails on that (500), as the lab's does by
                    default
  --result-delay SECONDS  how long after its end the API reports that a stage is over; the real one checks every 5
                    seconds; default 1
  --while-asked SECONDS  also end if its control server gets no request for so long; a connected editor sends some;
                    default 0: never
  --until-eof       also end with standard input, for a program that starts the lab
  --help, -h        this text

In a running cluster "nodes" lists the nodes, "repair" repairs what is broken in a node's BMC, and "boot" boots a node as
somebody in front of it would; it asks first, and --yes confirms.
`;
