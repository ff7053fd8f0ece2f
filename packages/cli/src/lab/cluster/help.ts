export const clusterHelp = `Usage: buildstream lab cluster [OPTIONS]
       buildstream lab nodes|repair|boot [NODE…] [--folder FOLDER] [--yes]

Plays a whole cluster of Omnia 2.2 on loopback addresses until Ctrl-C: nodes with BMCs, images, the BuildStreaM API, and
a GitLab server whose deploy pipeline runs the stages on these nodes. Some nodes are broken, so that there is something
to recover. Nothing outside this machine is touched.

Options:
  --size N          nodes in the mapping file; default 60, at least 12
  --spare N         more nodes, that can be added to it; default 3
  --broken N        broken ones; default 3
  --folder FOLDER   where lab.json goes, with everything to connect to; default: lab
  --boot SECONDS    how long a node takes to boot; default 3
  --latency MS      how long a BMC takes for an answer; default 20
  --help, -h        this text

In a running cluster "nodes" lists the nodes, "repair" mends what is broken in a node's BMC, and "boot" boots a node as
somebody in front of it would; it asks first, and --yes answers.
`;
