/** For every command that asks BMCs outside of a run: the end of its help, except for its exit codes. */
export const bmcAccessHelp = `Access to the BMCs, as for "buildstream run restart":
  --bmc-port PORT     default 443
  --ca FILE           the authorities that signed their certificates, PEM
  --pin [HOSTS=]SHA256
                      the fingerprint to expect of these hosts; can be given several times
  --limit request=SECONDS  how long a single request may take
  User and password come from BUILDSTREAM_BMC_USER and BUILDSTREAM_BMC_PASSWORD, or from BUILDSTREAM_BMC_CREDENTIALS.

Output:
  --format FORMAT     text or json
  --json              the same as --format json
  --help, -h          this text
`;
