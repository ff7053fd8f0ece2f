/** What `buildstream mcp --help` prints. */
export const mcpHelp = `Usage: buildstream mcp [OPTIONS]

Serves a language model over the Model Context Protocol, on standard input and output: findings and rules of the
mapping file, nodes, plans, failed nodes, pipelines with their next step, job logs, deployments and the power state, for
the folder that it is started in. The client starts it; see docs/models.md.

It changes nothing unless ~/.config/omnia-buildstream/tools.json has {"allowChanges": true}, which no option, no project
and no variable can replace. Even then each change is planned first, and the client asks its user with the list of nodes.

Options:
  --api URL           the BuildStreaM API; default: BSM_API_URL
  --api-ca FILE       the authority that signed its certificate, PEM
  --api-pin SHA256    accept exactly the certificate with this fingerprint
  --bmc-ca FILE       the authorities that signed the certificates of BMCs, PEM
  --bmc-pin [HOSTS=]SHA256
                      the fingerprint to expect of these hosts; can be given several times
  --bmc-port PORT     default 443
  --help, -h          this text

GitLab, passwords and tokens come from the environment, as for the other commands. There is no option for a secret.

Exit codes: 0 the client ended it, 2 could not run.
`;
